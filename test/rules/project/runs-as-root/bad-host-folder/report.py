import time

while True:
    with open("reports/latest.txt", "w") as file:
        file.write(time.ctime())
    time.sleep(60)
