from flask import Flask
from waitress import serve

app = Flask(__name__)

if __name__ == "__main__":
    serve(app, port=8000)  # never app.run(debug=True)
