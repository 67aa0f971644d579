exec server "$@"
