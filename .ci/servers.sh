# For .ci/run: the programs and servers that the tests need, from Debian's packages when they are missing.
# Expects $workspace, an empty folder that is removed at the end.

ensure_command() { # ensure_command <command> <package>
  command -v "$1" >/dev/null || install_packages "$2"
}

install_packages() {
  local as_root=()
  ((EUID == 0)) || as_root=(sudo -n)
  export DEBIAN_FRONTEND=noninteractive
  if [[ -z ${package_lists_are_new:-} ]]; then
    "${as_root[@]}" apt-get update -q || return 1
    package_lists_are_new=yes
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "$@"
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

wait_for_port() {
  for _ in $(seq 100); do
    listens "$1" && return 0
    sleep 0.2
  done
  echo "Nothing listens on port $1." >&2
  return 1
}

# Sets LATCHKEY_TEST_DATABASE_URL: as given, else the local server, else one made for this run.
postgres_url() {
  if [[ -z ${LATCHKEY_TEST_DATABASE_URL:-} ]]; then
    local server=postgresql://postgres@127.0.0.1:5432
    if ! make_database "$server/postgres" 2>/dev/null; then
      start_postgres || return 1
      server=postgresql://postgres@127.0.0.1:54329
      make_database "$server/postgres" || return 1
    fi
    export LATCHKEY_TEST_DATABASE_URL=$server/latchkey_test
  fi
}

make_database() { # make_database <URL of a database that exists>
  node --input-type=module -e "
    import pg from 'pg';
    const client = new pg.Client({ connectionString: '$1', connectionTimeoutMillis: 3000 });
    await client.connect();
    const { rowCount } = await client.query(\"SELECT 1 FROM pg_database WHERE datname = 'latchkey_test'\");
    if (rowCount === 0) await client.query('CREATE DATABASE latchkey_test');
    await client.end();"
}

# An own cluster rather than Debian's service: containers do not start that, and it asks for passwords.
start_postgres() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || install_packages postgresql || return 1
  local programs
  programs=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -1)")
  postgres_data=$workspace/postgres
  mkdir "$postgres_data"
  # PostgreSQL refuses to run as root.
  postgres_user=()
  if ((EUID == 0)); then
    postgres_user=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    chmod 755 "$workspace"
    chown postgres: "$postgres_data"
  fi
  "${postgres_user[@]}" "$programs/initdb" -D "$postgres_data" -U postgres -A trust -E UTF8 >/dev/null || return 1
  "${postgres_user[@]}" "$programs/pg_ctl" -D "$postgres_data" -w -l "$postgres_data/log" \
    -o "-p 54329 -k $postgres_data -c fsync=off" start >/dev/null || return 1
  postgres_control=("${postgres_user[@]}" "$programs/pg_ctl" -D "$postgres_data" -m immediate stop)
}

# Sets LATCHKEY_TEST_REDIS_URL likewise.
redis_url() {
  if [[ -z ${LATCHKEY_TEST_REDIS_URL:-} ]]; then
    local port=6379
    if ! listens $port; then
      port=63799
      ensure_command redis-server redis-server || return 1
      redis-server --port $port --save '' --dir "$workspace" >/dev/null &
      redis_process=$!
      wait_for_port $port || return 1
    fi
    export LATCHKEY_TEST_REDIS_URL=redis://127.0.0.1:$port
  fi
}

stop_servers() {
  [[ -z ${redis_process:-} ]] || kill "$redis_process"
  [[ -z ${postgres_control:-} ]] || "${postgres_control[@]}" >/dev/null
}
