open("reports/latest.txt", "w").write("now")
