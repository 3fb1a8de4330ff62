# shellcheck shell=bash disable=SC2154
# A Slurm of two nodes on this machine, in the folder $root, with ports of its own; to be sourced.

# free_ports: three of them that follow each other.
free_ports() {
  local port
  while true; do
    port=$((20000 + RANDOM % 30000))
    for next in $port $((port + 1)) $((port + 2)); do
      if (exec 3<>"/dev/tcp/127.0.0.1/$next") 2>/dev/null; then continue 2; fi
    done
    echo $port
    return
  done
}

start_cluster() {
  local host port user
  host=$(hostname -s) port=$(free_ports) user=$(id -un)
  mkdir -p "$root"/{munge,state,log,run}
  chmod 755 "$root" "$root/munge"
  (umask 377 && head -c 1024 /dev/urandom >"$root/munge/key")
  munged --socket="$root/munge/socket" --key-file="$root/munge/key" --pid-file="$root/munge/pid" --log-file="$root/munge/log" \
    --seed-file="$root/munge/seed"
  # Waits are as short as Slurm lets them be: a requeued job begins after cred_expire, a silent node is down after SlurmdTimeout.
  cat >"$root/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$root/munge/socket,cred_expire=5
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
SlurmdTimeout=10
KillWait=5
SchedulerParameters=sched_interval=2,batch_sched_delay=0
StateSaveLocation=$root/state
SlurmdSpoolDir=$root/spool-%n
SlurmctldPidFile=$root/run/slurmctld.pid
SlurmdPidFile=$root/run/%n.pid
SlurmctldLogFile=$root/log/slurmctld.log
SlurmdLogFile=$root/log/%n.log
SlurmdParameters=config_overrides
NodeName=one NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1 RealMemory=64000 State=UNKNOWN
NodeName=two NodeHostname=$host NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1 RealMemory=64000 State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
  export SLURM_CONF=$root/slurm.conf
  slurmctld
  slurmd -N one
  slurmd -N two
}

# processes TEXT: those in whose environment it stands.
processes() { grep -lzxF -- "$1" /proc/[0-9]*/environ 2>/dev/null | cut -d / -f 3 || true; }

# fail_node NAME: ends all that runs on it, without a word to the controller.
fail_node() {
  local jobs parents
  kill -KILL "$(cat "$root/run/$1.pid")"
  jobs=$(processes "SLURMD_NODENAME=$1")
  # The keepers of jobs first, which else would report their end.
  parents=$(for job in $jobs; do awk '/^PPid:/ {print $2}' "/proc/$job/status" 2>/dev/null || true; done | sort -u)
  for process in $parents; do
    if [[ $(tr '\0' ' ' <"/proc/$process/cmdline" 2>/dev/null) == slurmstepd* ]]; then kill -KILL "$process" 2>/dev/null || true; fi
  done
  for process in $jobs; do kill -KILL "$process" 2>/dev/null || true; done
}

stop_cluster() {
  if [ -e "$root/slurm.conf" ]; then scancel --user="$(id -un)" 2>/dev/null || true; fi
  for file in "$root"/run/*.pid "$root"/munge/pid; do
    if [ -e "$file" ]; then kill "$(cat "$file")" 2>/dev/null || true; fi
  done
  for process in $(processes "SLURM_CONF=$root/slurm.conf"); do
    if [ "$process" != $$ ]; then kill -KILL "$process" 2>/dev/null || true; fi
  done
  # Files that a daemon still writes would keep the folder.
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    rm -rf "$root" 2>/dev/null && return
    sleep 0.5
  done
}
