import signal
import subprocess
import sys

worker = subprocess.Popen([sys.executable, "worker.py"])
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
sys.exit(worker.wait())
