"""aiortc: WebRTC in Python. Encodes and decodes; offers three fingerprints and no transport-wide feedback."""

import asyncio
import fractions
import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import aioice.ice
from channels import Channels
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack

RETRIES_MAX = 40

# By itself it never offers a loopback address.
aioice.ice.get_host_addresses = lambda use_ipv4, use_ipv6: ["127.0.0.1"]


def say(line):
    print(json.dumps(line), flush=True)


def post(resource, offer):
    """The answer and the session's address; asks again when told to."""
    for _ in range(RETRIES_MAX):
        request = urllib.request.Request(
            resource, offer.encode(), {"Content-Type": "application/sdp"}, method="POST"
        )
        try:
            with urllib.request.urlopen(request) as response:
                location = urllib.parse.urljoin(resource, response.headers["Location"])
                return response.read().decode(), location
        except urllib.error.HTTPError as refused:
            body = refused.read().decode()
            if refused.code != 503:
                raise RuntimeError(f"{refused.code} {body}") from refused
            time.sleep(float(refused.headers["Retry-After"]) / 4)
    raise RuntimeError("nobody published")


def delete(location):
    urllib.request.urlopen(urllib.request.Request(location, method="DELETE")).close()


async def count(track, arrivals):
    while True:
        await track.recv()
        arrivals[track.kind] += 1
        if arrivals[track.kind] % 10 == 0:
            say(arrivals)


def connection(verb):
    pc = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    pc.on("connectionstatechange", lambda: pc.connectionState == "connected" and say({"connected": True}))
    if verb == "data":
        pc.addTransceiver("audio", direction="recvonly")
    elif verb == "publish":
        pc.addTransceiver(AudioStreamTrack(), direction="sendonly")
        pc.addTransceiver(VideoStreamTrack(), direction="sendonly")
    else:
        arrivals = {"audio": 0, "video": 0}
        pc.on("track", lambda track: asyncio.ensure_future(count(track, arrivals)))
        pc.addTransceiver("audio", direction="recvonly")
        pc.addTransceiver("video", direction="recvonly")
    return pc


async def main(verb, resource):
    pc = connection(verb)
    checks = Channels(pc) if verb == "data" else None
    await pc.setLocalDescription(await pc.createOffer())
    answer, location = await asyncio.to_thread(post, resource, pc.localDescription.sdp)
    await pc.setRemoteDescription(RTCSessionDescription(answer, "answer"))
    if checks:
        asyncio.ensure_future(checks.run(answer))
    await asyncio.to_thread(sys.stdin.read)
    await asyncio.to_thread(delete, location)
    os._exit(0)  # the encoders' threads do not matter any more


asyncio.run(main(*sys.argv[1:3]))
