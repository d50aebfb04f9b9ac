# Fetches a mailbox with curl as many scripts do: LIST, and then a process for each message ("each") or one for all ("all").
# The arguments are those of program.ts, and then one of these.
url="pop3://$1:$2/"
account="$3:$4"
trap 'kill "$!"; exit 143' TERM
get() {
  curl --silent --show-error --max-time 60 --user "$account" "$@" &
  wait "$!"
}
get --output listing "$url" || exit
if [ "$9" = all ]; then
  get --fail-early --output '#1.eml' "$url[1-$(wc -l < listing)]"
  exit
fi
for number in $(cut -d ' ' -f 1 listing); do
  get --output "$number.eml" "$url$number" || exit
done
