// A small service: counts the words of what it is sent, and says whether it is well.
package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	address := ":" + valueOr("PORT", "8080")
	routes := http.NewServeMux()
	routes.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte("ok\n"))
	})
	routes.HandleFunc("/count", count)
	server := &http.Server{Addr: address, Handler: routes, ReadHeaderTimeout: 5 * time.Second}
	log.Printf("listening on %s", address)
	log.Fatal(server.ListenAndServe())
}

func count(w http.ResponseWriter, r *http.Request) {
	words := strings.Fields(r.URL.Query().Get("text"))
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]int{"words": len(words)})
}

func valueOr(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}
