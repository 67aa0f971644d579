module example.com/naive-go

go 1.19
