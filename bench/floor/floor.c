/* The floor under `bench forward`: what no server can beat that does its work with plain system calls. Receives a
 * datagram, encrypts its payload once for each destination (AES-128-GCM of libcrypto, a context and a key each, as SRTP
 * would) and sends each result by itself to a socket that is never read.
 *
 *   floor DESTINATIONS
 *
 * Prints `PORT n`. For each line on standard input prints `MARK received sent cpu_ns`; ends with its standard input. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEADER = 12, KEY = 16, IV = 12, TAG = 16, DATAGRAM_MAX = 2048, BUFFER = 4 << 20, BURST = 64 };

struct destination {
    struct sockaddr_in address;
    EVP_CIPHER_CTX *cipher;
    unsigned char salt[IV];
    unsigned long index;
};

static void require(int ok, const char *what) {
    if (!ok) {
        perror(what);
        exit(1);
    }
}

/* A socket on a free loopback port. */
static int open_socket(struct sockaddr_in *address) {
    socklen_t length = sizeof *address;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    require(fd >= 0, "socket");
    memset(address, 0, sizeof *address);
    address->sin_family = AF_INET;
    address->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(bind(fd, (struct sockaddr *)address, length) == 0, "bind");
    require(getsockname(fd, (struct sockaddr *)address, &length) == 0, "getsockname");
    return fd;
}

static void open_destination(struct destination *to) {
    unsigned char key[KEY];
    open_socket(&to->address);
    require(RAND_bytes(key, KEY) == 1 && RAND_bytes(to->salt, IV) == 1, "RAND_bytes");
    to->cipher = EVP_CIPHER_CTX_new();
    require(to->cipher && EVP_EncryptInit_ex(to->cipher, EVP_aes_128_gcm(), NULL, key, to->salt) == 1, "AES-GCM");
    to->index = 0;
}

/* Header as it is, payload encrypted, tag behind it. */
static int seal(struct destination *to, const unsigned char *in, int length, unsigned char *out) {
    unsigned char iv[IV];
    int count, ok;
    unsigned long index = ++to->index;
    memcpy(iv, to->salt, IV);
    for (int i = 0; i < 6; i++) {
        iv[IV - 1 - i] ^= (unsigned char)(index >> 8 * i);
    }
    memcpy(out, in, HEADER);
    ok = EVP_EncryptInit_ex(to->cipher, NULL, NULL, NULL, iv) == 1 &&
         EVP_EncryptUpdate(to->cipher, NULL, &count, out, HEADER) == 1 &&
         EVP_EncryptUpdate(to->cipher, out + HEADER, &count, in + HEADER, length - HEADER) == 1 &&
         EVP_EncryptFinal_ex(to->cipher, out + length, &count) == 1 &&
         EVP_CIPHER_CTX_ctrl(to->cipher, EVP_CTRL_GCM_GET_TAG, TAG, out + length) == 1;
    require(ok, "sealing");
    return length + TAG;
}

static long long cpu_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int main(int count, char **words) {
    struct sockaddr_in own;
    unsigned char in[DATAGRAM_MAX], out[DATAGRAM_MAX + TAG];
    int destinations = count == 2 ? atoi(words[1]) : 0;
    int buffer = BUFFER;
    long long received = 0, sent = 0;
    if (destinations < 1) {
        fprintf(stderr, "usage: floor DESTINATIONS\n");
        return 2;
    }
    struct destination *to = calloc((size_t)destinations, sizeof *to);
    require(to != NULL, "calloc");
    int fd = open_socket(&own);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
    for (int i = 0; i < destinations; i++) {
        open_destination(&to[i]);
    }
    printf("PORT %d\n", ntohs(own.sin_port));
    fflush(stdout);
    struct pollfd ready[2] = {{fd, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    while (poll(ready, 2, -1) >= 0 || errno == EINTR) {
        for (int burst = 0; burst < BURST; burst++) {
            ssize_t length = recv(fd, in, sizeof in, MSG_DONTWAIT);
            if (length < HEADER) {
                break;
            }
            received++;
            for (int i = 0; i < destinations; i++) {
                int sealed = seal(&to[i], in, (int)length, out);
                sent += sendto(fd, out, (size_t)sealed, 0, (struct sockaddr *)&to[i].address, sizeof own) == sealed;
            }
        }
        if (ready[1].revents) {
            char line[64];
            if (read(STDIN_FILENO, line, sizeof line) <= 0) {
                return 0;
            }
            printf("MARK %lld %lld %lld\n", received, sent, cpu_ns());
            fflush(stdout);
        }
    }
    return 1;
}
