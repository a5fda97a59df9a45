# Runs a temporary PostgreSQL until standard input ends.
# Usage: sh -c SCRIPT NAME FOLDER-OF-PROGRAMS FOLDER USER FSYNC
bin=$1 folder=$2 user=$3 fsync=$4
data=$folder/data
cd / || exit 1
trap 'rm -rf "$folder"' EXIT
trap '' PIPE # who started this may be gone already

# The log stays until it was read.
give_up() {
	echo failed
	read -r _
	exit 1
}

# The order of texts is to differ from that of their bytes, so that a query that
# leaves the order to the database is found out.
make_cluster() {
	rm -rf "$data"
	"$bin/initdb" -D "$data" -U "$user" --auth=trust --encoding=UTF8 --no-sync --no-instructions "$@"
}
{
	make_cluster --locale=C --locale-provider=icu --icu-locale=en ||
		make_cluster --locale=en_US.UTF-8 ||
		make_cluster --locale=C.UTF-8 ||
		make_cluster --locale=C
} >"$folder/log" 2>&1 || give_up

cat >>"$data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 200
shared_buffers = 64MB
fsync = $fsync
full_page_writes = $fsync
CONF

"$bin/pg_ctl" -D "$data" -l "$folder/log" --silent --wait start >>"$folder/log" 2>&1 </dev/null || give_up
echo ready
read -r _
"$bin/pg_ctl" -D "$data" --silent --mode=fast --wait stop >/dev/null 2>&1
