"""A line to the SQL Server of TT_TEST_SQLSERVER that takes some time each way: line.py MILLISECONDS.

Prints the connection string that goes over the line, and forwards until it is ended.
"""

import asyncio
import os
import re
import sys

DELAY = float(sys.argv[1]) / 1000
TEXT = os.environ["TT_TEST_SQLSERVER"]


def setting(name):
    found = re.search(rf"(?i)(?:^|;)\s*{name}\s*=\s*([^;]*)", TEXT)
    return found.group(1) if found else None


def address():
    host, _, port = (setting("SERVER") or "").removeprefix("tcp:").partition(",")
    return host, int(setting("PORT") or port or 1433)


def over_line(port):
    text = re.sub(r"(?i)(^|;)\s*PORT\s*=[^;]*", "", TEXT)
    uses_freetds = "freetds" in (setting("DRIVER") or "").lower()
    server = f"127.0.0.1;PORT={port}" if uses_freetds else f"127.0.0.1,{port}"
    return re.sub(r"(?i)(^|;)\s*SERVER\s*=[^;]*", rf"\1SERVER={server}", text)


async def pass_on(reader, writer):
    loop = asyncio.get_running_loop()
    under_way = asyncio.Queue()

    async def deliver():
        while True:
            due, data = await under_way.get()
            await asyncio.sleep(max(0, due - loop.time()))
            if not data:
                return writer.close()
            writer.write(data)
            await writer.drain()

    delivery = asyncio.create_task(deliver())
    data = True
    while data:
        data = await reader.read(1 << 18)
        under_way.put_nowait((loop.time() + DELAY, data))
    await delivery


async def serve(reader, writer):
    far_reader, far_writer = await asyncio.open_connection(*address())
    await asyncio.gather(pass_on(reader, far_writer), pass_on(far_reader, writer), return_exceptions=True)


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(over_line(server.sockets[0].getsockname()[1]), flush=True)
    await server.serve_forever()


asyncio.run(main())
