"""The files of the virtual queue: what cupsd and the bus its printer needs are told, and the script that starts them.

They live in a mount namespace of their own, where `/run/hall` is the queue's folder: cupsd, which works as an ordinary
user, reaches it there whoever owns the folders above.
"""

HALL = "/run/hall"
FOLDERS = ("etc/ppd", "cache", "state", "spool/tmp", "log", "printer", "out", "asked", "orders")

CUPS_FILES = f"""\
ServerRoot {HALL}/etc
CacheDir {HALL}/cache
StateDir {HALL}/state
RequestRoot {HALL}/spool
TempDir {HALL}/spool/tmp
AccessLog {HALL}/log/access
ErrorLog {HALL}/log/error
PageLog {HALL}/log/page
SystemGroup root
# cupsd refuses to work as root; where an ordinary user starts it, it works as that user.
User lp
Group lp
Sandboxing relaxed
"""

CUPSD = """\
Listen 127.0.0.1:{port}
LogLevel debug
Browsing No
WebInterface No
DefaultAuthType None
JobRetryInterval 1
PreserveJobFiles No
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""

AVAHI = """\
[server]
allow-interfaces=lo
use-ipv6=no
host-name=virtual-hall
[wide-area]
enable-wide-area=no
"""

BUS = """\
<busconfig>
  <type>session</type>
  <listen>unix:path=/run/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""

# avahi gives its folder to a user of its own: where there is but one user, that is root by another name.
USERS = "root:x:0:0::/:/bin/sh\navahi:x:0:0::/:/bin/sh\nlp:x:7:7::/:/bin/sh\n"
GROUPS = "root:x:0:\navahi:x:0:\nlp:x:7:\n"

# What ippeveprinter does with a page: it waits for somebody while orders/empty, jam or cover is there, tells that toner
# and paper run low while orders/low is, and puts the sheet out whole.
# How it was asked for (IPP_COPIES, IPP_SIDES, …) lies beside it, under the same number.
PRINT_PAGE = f"""\
#!/bin/sh
[ -e {HALL}/orders/low ] && echo 'STATE: +toner-low,media-low' >&2 || echo 'STATE: -toner-low,media-low' >&2
for each in empty:media-empty jam:media-jam cover:cover-open; do
    [ -e {HALL}/orders/${{each%%:*}} ] || continue
    echo "STATE: +${{each#*:}}" >&2
    while [ -e {HALL}/orders/${{each%%:*}} ]; do sleep 0.05; done
    echo "STATE: -${{each#*:}}" >&2
done
[ -e {HALL}/orders/slow ] && sleep "$(cat {HALL}/orders/slow)"
sheet=$(date +%s%N)
printenv | grep '^IPP_' >{HALL}/asked/$sheet
cp "$1" {HALL}/printer/$sheet.part && mv {HALL}/printer/$sheet.part {HALL}/out/$sheet.pdf
"""

# Arguments: the folder, the printer's port and name, whose the folder is. The first process of a PID namespace: when it
# ends, and it ends with its input, the kernel ends all others in it. Without root it is root in a namespace of users.
# ippeveprinter does not start without avahi, nor avahi without a system bus.
START = f"""\
mount -t tmpfs tmpfs /run && mkdir {HALL} /run/avahi-daemon && mount --bind "$1" {HALL} || exit 1
cd {HALL} && chmod 755 . || exit 1
if [ "$4" = 0 ]; then
    chown -R lp:lp cache state spool log || exit 1
    as_user=
else
    as_user="unshare --user --map-user=$4 --map-group=$4"
    for names in passwd group; do mount --bind etc/$names /etc/$names || exit 1; done
fi
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=/run/bus
wait_for() {{ n=0; until "$@" 2>/dev/null; do n=$((n+1)); [ $n -lt 400 ] || exit 1; sleep 0.025; done; }}
dbus-daemon --config-file={HALL}/etc/bus.conf --nofork --nopidfile >log/bus 2>&1 &
wait_for test -S /run/bus
avahi-daemon -f {HALL}/etc/avahi.conf --no-drop-root --no-chroot --no-rlimits >log/avahi 2>&1 &
wait_for grep -q 'startup complete' log/avahi
up() {{
    $as_user cupsd -f -c {HALL}/etc/cupsd.conf -s {HALL}/etc/cups-files.conf >>log/cupsd 2>&1 &
    server=$!
}}
up
online() {{
    kill -0 "$printer" 2>/dev/null && return
    ippeveprinter -r off -n localhost -p "$2" -d {HALL}/printer -f application/pdf -c {HALL}/etc/print-page \\
        "$3" >>log/printer 2>&1 &
    printer=$!
}}
online "$@"
while read -r order; do
    case $order in
        offline) kill -9 $printer; wait $printer ;;
        online) online "$@" ;;
        down) kill $server; wait $server ;;
        up) kill -0 $server 2>/dev/null || up ;;
    esac
    echo "$order"
done
"""
