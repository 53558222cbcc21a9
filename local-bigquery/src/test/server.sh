# Starts the built local-bigquery for the suites of foreign clients. Sourced; needs: mvn -pl local-bigquery -am package -DskipTests
# Sets work (a folder that is removed at the end), http and grpc (ports).

work="$(mktemp -d)"
server=""

cleanup() {
  if [ -n "$server" ] && kill -0 "$server" 2>/dev/null; then
    kill "$server"
    wait "$server" || true
  fi
  rm -rf "$work"
}
trap cleanup EXIT

# start_server TARGET: the build folder of local-bigquery
start_server() {
  if [ ! -d "$1/lib" ]; then
    echo "local-bigquery is not built: run mvn -pl local-bigquery -am package -DskipTests" >&2
    exit 1
  fi
  java -cp "$1/classes:$1/lib/*" io.catalogconnect.localbigquery.LocalBigQueryServer \
    --database "$work/warehouse.duckdb" --http-port 0 --grpc-port 0 > "$work/out" 2> "$work/err" &
  server=$!
  for _ in $(seq 300); do
    if grep -q '^local-bigquery ready' "$work/out"; then
      break
    fi
    if ! kill -0 "$server" 2>/dev/null; then
      cat "$work/err" >&2
      exit 1
    fi
    sleep 0.2
  done
  local ready
  ready="$(grep '^local-bigquery ready' "$work/out")"
  http="$(sed 's/.*http=127\.0\.0\.1:\([0-9]*\).*/\1/' <<< "$ready")"
  grpc="$(sed 's/.*grpc=127\.0\.0\.1:\([0-9]*\).*/\1/' <<< "$ready")"
}
