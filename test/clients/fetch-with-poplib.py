"""Fetches a mailbox with Python's poplib: HOST PORT USER PASSWORD FOLDER; a file a message, as 1.eml and so on."""
import pathlib
import poplib
import sys

host, port, user, password, folder = sys.argv[1:]
# poplib gives up on lines of more than 2048 octets; the messages have longer ones.
poplib._MAXLINE = 2**25
server = poplib.POP3(host, int(port), timeout=60)
server.user(user)
server.pass_(password)
for number in range(1, server.stat()[0] + 1):
    lines = server.retr(number)[1]
    pathlib.Path(folder, f"{number}.eml").write_bytes(b"".join(line + b"\r\n" for line in lines))
server.quit()
