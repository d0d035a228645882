"""What web-client/e2e/support/channels.js does, for aiortc."""

import asyncio
import hashlib
import json
import re
import traceback

PATIENCE_S = 20
MANY = 1_000
AT_ONCE = 399
AGREED_ID = 701
KINDS = {
    "ordered": {},
    "unordered": {"ordered": False},
    "retransmits-0": {"ordered": False, "maxRetransmits": 0},
    "retransmits-3": {"maxRetransmits": 3},
    "lifetime": {"maxPacketLifeTime": 500},
}


def say(line):
    print(json.dumps(line), flush=True)


class Channel:
    """A channel on which one thing is asked after the other."""

    def __init__(self, channel):
        self.channel = channel
        self.opened = asyncio.Event()
        self.closed = asyncio.Event()
        self.heard = asyncio.Queue()
        channel.on("open", self.opened.set)
        channel.on("close", self.closed.set)
        channel.on("message", self.heard.put_nowait)
        if channel.readyState == "open":
            self.opened.set()

    async def ask(self, data):
        self.channel.send(data)
        return await asyncio.wait_for(self.heard.get(), PATIENCE_S)

    async def echoes(self, length, text):
        pattern = b"parley " if text else bytes(range(251))
        data = (pattern * (length // len(pattern) + 1))[:length]
        back = await self.ask(data.decode() if text else data)
        if back == f"{length} {hashlib.sha256(data).hexdigest()}":
            return  # longer than this client says that it takes
        kind = "text" if text else "binary"
        assert isinstance(back, str) == text, f"{length} bytes of {kind} on {self.channel.label}"
        assert (back.encode() if text else back) == data, f"{length} bytes of {kind} on {self.channel.label}"

    async def tell(self, command):
        """The server says a command again when it has done it."""
        assert await self.ask(command) == command

    async def talk(self, lengths):
        await asyncio.wait_for(self.opened.wait(), PATIENCE_S)
        for length in lengths:
            await self.echoes(length, True)
            await self.echoes(length, False)

    async def is_closed(self):
        await asyncio.wait_for(self.closed.wait(), PATIENCE_S)

    async def talk_and_close(self, lengths):
        await self.talk(lengths)
        self.channel.close()
        await self.is_closed()


class Channels:
    def __init__(self, pc):
        self.pc = pc
        self.incoming = asyncio.Queue()
        pc.on("datachannel", lambda channel: self.incoming.put_nowait(Channel(channel)))
        self.control = self.open("control")

    def open(self, label, **options):
        return Channel(self.pc.createDataChannel(label, **options))

    async def run(self, answer):
        try:
            await self.check(answer)
        except Exception:
            say({"failed": traceback.format_exc()})

    async def counted(self, wanted):
        """Until the server has seen each open and close."""
        for _ in range(PATIENCE_S * 10):
            seen = await self.control.ask("count")
            if seen == wanted:
                return
            await asyncio.sleep(0.1)
        raise AssertionError(f"the server has seen {seen}, not {wanted}")

    async def from_server(self):
        """The server opens two channels; this side closes one, the server the other."""
        for closer in ("client", "server"):
            label = f"closed-by-{closer}"
            await self.control.tell(f"open {label}")
            incoming = await asyncio.wait_for(self.incoming.get(), PATIENCE_S)
            assert incoming.channel.label == label
            await incoming.talk([1, 5_000])
            if closer == "client":
                incoming.channel.close()
            else:
                await self.control.tell(f"close {label}")
            await incoming.is_closed()

    async def many(self, labels):
        """Opens the next as soon as one is closed."""
        for label in labels:
            await self.open(f"many-{label}").talk_and_close([1])

    async def check(self, answer):
        await asyncio.wait_for(self.control.opened.wait(), PATIENCE_S)
        most = int(re.search(r"a=max-message-size:(\d+)", answer)[1])
        for label, options in KINDS.items():
            await self.open(label, **options).talk_and_close([0, 1, 1_200, 16_384, 65_535])
            say({"passed": label})
        await self.open("long").talk_and_close([65_536, most - 1, most])
        say({"passed": "long"})

        await self.control.tell(f"agreed {AGREED_ID} agreed")
        await self.open("agreed", negotiated=True, id=AGREED_ID).talk_and_close([1, 5_000])
        say({"passed": "agreed"})

        await self.from_server()
        say({"passed": "from-server"})

        labels = iter(range(MANY))
        await asyncio.gather(*(self.many(labels) for _ in range(AT_ONCE)))
        everything = len(KINDS) + 4 + MANY
        await self.counted(f"count {everything + 1} {everything}")
        say({"passed": "many"})
        say({"done": True})
