#!/usr/bin/env python3
"""Kills `tearsheet fetch` at random moments and checks that nothing is lost and nothing doubled.

usage: kill.py PROGRAM [KILLS [SEED]]

A local server serves feeds that grow; each run is killed with SIGKILL after a random time. At the end one run is left alone, and then every
article must stand once in the output, once in the archive and once in the state.
"""
import glob, gzip, http.server, json, os, random, re, sqlite3, subprocess, sys, tempfile, threading, time

program = os.path.abspath(sys.argv[1])
kills = int(sys.argv[2]) if len(sys.argv) > 2 else 200
chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
FEEDS = 6
items = [8] * FEEDS  # how many items each feed shows


def body(feed, item):
    words = random.Random(feed * 100003 + item)
    return " ".join(f"{words.choice(['Intel', 'Micron', 'Samsung'])} will invest ${words.randrange(10, 900)} million in plant {words.randrange(10**9)}." for _ in range(20))


class Site(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, text, kind="text/html; charset=utf-8", tag=None):
        data = text.encode()
        if tag and self.headers.get("If-None-Match") == tag:
            status, data = 304, b""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if tag:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        if self.path == "/robots.txt":
            return self.answer(404, "")
        page = re.fullmatch(r"/a/(\d+)/(\d+)", self.path)
        if page:
            feed, item = map(int, page.groups())
            return self.answer(200, f"<html><body><article><h1>Article {feed} {item}</h1><p>{body(feed, item)}</p></article></body></html>")
        feed = int(self.path.split("/")[2])
        count = items[feed]
        entries = []
        for item in range(count):
            # Every second feed carries its articles whole.
            text = f"<description>&lt;p&gt;{body(feed, item)}&lt;/p&gt;</description><content:encoded>&lt;p&gt;{body(feed, item)}&lt;/p&gt;</content:encoded>" if feed % 2 else ""
            entries.append(f"<item><guid isPermaLink='false'>{feed}-{item}</guid><title>Article {feed} {item}</title><link>/a/{feed}/{item}</link>{text}</item>")
        self.answer(200, f"<rss version='2.0'><channel><title>Feed {feed}</title>{''.join(entries)}</channel></rss>", "application/rss+xml", f'"{count}"')


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a killed client is what this is about


def fail(text):
    print("kill: FAILED:", text)
    sys.exit(1)


server = Server(("127.0.0.1", 0), Site)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}"
folder = tempfile.mkdtemp(prefix="tearsheet_kill_")
with open(f"{folder}/feeds.yaml", "w") as out:
    out.write("contact: mailto:test@example.org\ngap: 0\nfeeds:\n" + "".join(f"- url: {base}/f/{i}\n" for i in range(FEEDS)))
command = [program, "fetch", "--feeds", f"{folder}/feeds.yaml", "--all", "--allow-private", "--rotate", "30k", "--jobs", "2", "--quiet"]

slowest, done = 0.8, 0
for number in range(kills):
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    begun = time.time()
    try:
        run.wait(timeout=chance.uniform(0, slowest * 1.1))
        slowest = max(slowest * 0.9, time.time() - begun)
    except subprocess.TimeoutExpired:
        run.kill()
        done += 1
    said = run.communicate()[1].decode()
    if run.returncode not in (0, -9):
        fail(f"run {number} ended with {run.returncode}: {said}")
    if number % 3 == 2:
        items[chance.randrange(FEEDS)] += chance.randrange(1, 6)

last = subprocess.run(command, capture_output=True)
if last.returncode != 0:
    fail("the last run failed: " + last.stderr.decode())

want = {f"{base}/a/{feed}/{item}" for feed in range(FEEDS) for item in range(items[feed])}
urls = []
for path in sorted(glob.glob(f"{folder}/out/*.jsonl")):
    for line in open(path, encoding="utf-8"):
        reading = json.loads(line)
        if reading["error"] is not None:
            fail(f"a reading with an error: {line[:300]}")
        urls.append(reading["article"]["url"])
if len(urls) != len(set(urls)):
    fail(f"{len(urls) - len(set(urls))} articles stand twice in the output")
if set(urls) != want:
    fail(f"the output has {len(urls)} articles, {len(want - set(urls))} are missing, {len(set(urls) - want)} are strange")

archived, ids = [], []
for path in sorted(glob.glob(f"{folder}/archive/*/*.warc.gz")):
    data = gzip.open(path).read()  # fails where a member is torn
    ids += re.findall(rb"^WARC-Record-ID: (\S+)", data, re.M)
    for record in re.split(rb"(?m)^WARC/1\.1\r\n", data)[1:]:
        kind = re.search(rb"WARC-Type: (\w+)", record).group(1)
        url = re.search(rb"WARC-Target-URI: (\S+)", record)
        if kind in (b"response", b"resource") and url and b"/a/" in url.group(1):
            archived.append(url.group(1).decode())
if len(ids) != len(set(ids)):
    fail("a record id stands twice in the archive")
if sorted(archived) != sorted(want):
    fail(f"the archive has {len(archived)} articles of {len(want)}, {len(archived) - len(set(archived))} twice")

state = sqlite3.connect(f"{folder}/state.db")
if state.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
    fail("the state is broken")
states = dict(state.execute("SELECT state, count(*) FROM items GROUP BY state"))
if states != {1: len(want)}:
    fail(f"the state has items {states}, {len(want)} were to be done")

again = subprocess.run([program, "extract", "--quiet", *sorted(glob.glob(f"{folder}/archive/*/*.warc.gz"))], capture_output=True)
reread = [json.loads(line) for line in again.stdout.splitlines()]
if again.returncode != 0 or sorted(r["article"]["url"] for r in reread) != sorted(want):
    fail("the archive does not read back: " + again.stderr.decode()[:500])
print(f"kill: {kills} runs, {done} killed, {len(want)} articles, each once in output, archive and state")
subprocess.run(["rm", "-rf", folder])
