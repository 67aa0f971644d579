import signal
import sys
import threading

stopped = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stopped.set())
while not stopped.wait(1):
    print("a piece of work", flush=True)
print("all is written", flush=True)
sys.exit(0)
