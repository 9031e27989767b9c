"""A mail server on loopback that keeps what it takes: one file a mail, in the folder named first.

The file "mode" in that folder says how it answers: "good", "later" (4xx to every recipient), "never" (5xx), "drop" (cuts the
line in the middle of the text). Prints its port. Runs until its standard input is closed.
"""
import os
import sys
import time
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

folder = sys.argv[1]


def mode():
    try:
        with open(os.path.join(folder, "mode")) as file:
            return file.read().strip()
    except FileNotFoundError:
        return "good"


class Dropping(SMTP):
    async def smtp_DATA(self, arg):
        if mode() == "drop":
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            await self._reader.read(64)
            with open(os.path.join(folder, "dropped"), "a") as file:
                file.write("x")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Keeper:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if mode() == "later":
            return "451 4.7.1 Greylisted, try again later"
        if mode() == "never":
            return "550 5.1.1 <%s>: Recipient address rejected" % address
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = os.path.join(folder, "%d.eml" % time.time_ns())
        with open(name + ".part", "wb") as file:
            file.write(envelope.content)
        os.rename(name + ".part", name)
        return "250 Message accepted for delivery"


class Sink(Controller):
    def factory(self):
        return Dropping(self.handler, hostname="sink.example.it")


sink = Sink(Keeper(), hostname="127.0.0.1", port=int(sys.argv[2]))
sink.start()
print(sink.port, flush=True)
sys.stdin.read()
sink.stop()
