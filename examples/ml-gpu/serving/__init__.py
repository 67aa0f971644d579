"""Serves one ONNX model over HTTP, on a GPU."""
