import signal
import subprocess
import sys

worker = subprocess.Popen([sys.executable, "worker.py"])
signal.signal(signal.SIGTERM, lambda *_: worker.terminate())
sys.exit(worker.wait())
