"""Fetches a mailbox with poplib. The arguments are those of program.ts."""
import pathlib
import poplib
import ssl
import sys

host, port, user, password, encryption, authority, errand, login = sys.argv[1:]
# poplib gives up on lines of more than 2048 octets; there are longer ones.
poplib._MAXLINE = 2**25
context = None if encryption == "none" else ssl.create_default_context(cafile=authority)
if encryption == "implicit":
    server = poplib.POP3_SSL(host, int(port), timeout=60, context=context)
else:
    server = poplib.POP3(host, int(port), timeout=60)
if encryption == "starttls":
    server.stls(context)
if login == "APOP":
    server.apop(user, password)
else:
    server.user(user)
    server.pass_(password)
count = server.stat()[0]
for listing in server.list()[1], server.uidl()[1]:
    assert len(listing) == count, f"{len(listing)} are listed, and STAT says {count}"
for number in range(1, count + 1):
    lines = server.retr(number)[1]
    pathlib.Path(f"{number}.eml").write_bytes(b"".join(line + b"\r\n" for line in lines))
    if errand == "delete":
        server.dele(number)
server.quit()
