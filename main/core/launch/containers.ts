/** What a container may reach of this machine (docker and podman run). */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { ReadOptions } from './options.ts';
import { settingFindings } from './variables.ts';
import { findingAt, type Word } from './word.ts';

/** Options of docker, podman and nerdctl before their verb that take a value, for the same reason. */
export const ENGINE_VALUES =
  '-H --host -c --context --connection --url --config -l --log-level --tlscacert --tlscert --tlskey --address -n --namespace ' +
  '--bridge-ip --cgroup-manager --cni-netconfpath --cni-path --conmon --data-root --events-backend --hooks-dir --host-gateway-ip ' +
  '--hosts-dir --identity --imagestore --module --network-cmd-path --network-config-dir --out --root --runroot --runtime ' +
  '--runtime-flag --snapshotter --ssh --storage-driver --storage-opt --tmpdir --volumepath';

/** Every option of docker and podman run that takes a value: one that was missing would pass its value for the image. */
export const CONTAINER_VALUES =
  '-a --attach --add-host --annotation --arch --authfile --blkio-weight --blkio-weight-device --cap-add --cap-drop --cert-dir ' +
  '--cgroup-conf --cgroup-parent --cgroupns --cgroups --chrootdirs --cidfile --conmon-pidfile --cpu-count --cpu-percent ' +
  '--cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime -c --cpu-shares --cpus --cpuset-cpus --cpuset-mems --decryption-key ' +
  '--detach-keys --device --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps --device-write-iops --dns ' +
  '--dns-opt --dns-option --dns-search --domainname --entrypoint -e --env --env-file --env-merge --expose --gidmap --gpus ' +
  '--group-add --group-entry --health-cmd --health-interval --health-log-destination --health-max-log-count --health-max-log-size ' +
  '--health-on-failure --health-retries --health-start-interval --health-start-period --health-startup-cmd ' +
  '--health-startup-interval --health-startup-retries --health-startup-success --health-startup-timeout --health-timeout -h ' +
  '--hostname --hosts-file --hostuser --image-volume --init-ctr --init-path --io-maxbandwidth --io-maxiops --ip --ip6 --ipc ' +
  '--isolation --kernel-memory -l --label --label-file --link --link-local-ip --log-driver --log-opt --mac-address -m --memory ' +
  '--memory-reservation --memory-swap --memory-swappiness --mount --name --network --net --network-alias --net-alias ' +
  '--oom-score-adj --os --passwd-entry --personality --pid --pidfile --pids-limit --platform --pod --pod-id-file --preserve-fd ' +
  '--preserve-fds -p --publish --pull --requires --restart --retry --retry-delay --runtime --sdnotify --seccomp-policy --secret ' +
  '--security-opt --shm-size --shm-size-systemd --stop-signal --stop-timeout --storage-opt --subgidname --subuidname --sysctl ' +
  '--systemd --timeout --tmpfs --tz --uidmap --ulimit --umask --unsetenv -u --user --userns --uts --variant -v --volume ' +
  '--volume-driver --volumes-from -w --workdir';

const WHOLE_MACHINE = /^(\/|[a-z]:[\\/]?)$/i;
const SYSTEM = /^\/(etc|root|proc|sys|dev|boot|run|var|usr|lib|bin|sbin|private\/(etc|var))(\/|$)/i;
const SOCKET = /(docker|podman|containerd)\.sock$|pipe[\\/]+docker_engine/i;
const CREDENTIALS =
  /(^|[\\/])\.(ssh|aws|gnupg|kube|azure|netrc|npmrc|pypirc|docker|git-credentials)([\\/]|$)|\.config[\\/]gcloud/i;
const HOME =
  /^(~|\$\{?HOME\}?|%USERPROFILE%|\/home(\/[^/]+)?|\/Users(\/[^/]+)?|[a-z]:[\\/]Users([\\/][^\\/]+)?)[\\/]?$/i;
const POWERS = /^(cap_)?(all|sys_admin|sys_ptrace|sys_module|sys_rawio|dac_read_search|net_admin|bpf)$/i;

export function containerFindings({ options }: ReadOptions): LaunchFinding[] {
  return options.flatMap(({ name, word, value }) => {
    const text = value?.text ?? '';
    if (name === '--privileged' && !/^(false|0)$/i.test(text))
      return [
        findingAt('container-privileged', 'severe', word, 'The container runs with all rights over this machine.'),
      ];
    if (name === '--use-api-socket')
      return [
        findingAt(
          'container-mount',
          'severe',
          word,
          'The container can start any other container, and so control this machine.',
        ),
      ];
    if (name === '--env-host')
      return [findingAt('container-host', 'warning', word, 'The container gets every variable of your environment.')];
    if (value === null) return [];
    if (name === '-v' || name === '--volume') return mount(/^([a-z]:[^:]*|[^:]*)(?=:|$)/i.exec(text)?.[0] ?? '', value);
    if (name === '--mount') return mount(/(?:^|,)"?(?:source|src)=([^,"]*)/i.exec(text)?.[1] ?? '', value);
    if (/^--(pid|ipc|uts|userns|cgroupns)$/.test(name) && text === 'host')
      return [
        findingAt(
          'container-host',
          'severe',
          value,
          `The container shares this machine’s ${name.slice(2)} space and can reach other programs.`,
        ),
      ];
    if (/^--net(work)?$/.test(name) && text === 'host')
      return [
        findingAt(
          'container-network',
          'warning',
          value,
          'The container uses this machine’s network, services on loopback included.',
        ),
      ];
    if (name === '--cap-add' && POWERS.test(text))
      return [
        findingAt(
          'container-privileged',
          'severe',
          value,
          'The container gets rights with which it can leave its isolation.',
        ),
      ];
    if (
      name === '--security-opt' &&
      /(seccomp|apparmor)[=:]unconfined|label[=:]disable|systempaths=unconfined/i.test(text)
    )
      return [findingAt('container-privileged', 'severe', value, 'A protection of the container is switched off.')];
    if (/^(-e|--env)$/.test(name)) return assigned(value);
    if (name === '--device-cgroup-rule')
      return [
        findingAt('container-device', 'severe', value, 'The container may make devices of this machine its own.'),
      ];
    if (name === '--device')
      return [findingAt('container-device', 'warning', value, 'The container reaches a device of this machine.')];
    return [];
  });
}

/** A variable set for what runs in the container; one that only passes a name on is judged where it is set. */
function assigned(value: Word): LaunchFinding[] {
  const equals = value.text.indexOf('=');
  if (equals < 0) return [];
  return settingFindings(value.text.slice(0, equals), value.text.slice(equals + 1), value);
}

/** An absolute path without what stands for the same: empty parts, `.` and `..`. */
function plain(path: string): string {
  if (!path.startsWith('/')) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

function mount(written: string, value: Word): LaunchFinding[] {
  const source = plain(written);
  const found = (severity: LaunchFinding['severity'], message: string) => [
    findingAt('container-mount', severity, value, message),
  ];
  if (SOCKET.test(source))
    return found('severe', 'The container can start any other container, and so control this machine.');
  if (WHOLE_MACHINE.test(source)) return found('severe', 'The container reaches every file of this machine.');
  if (CREDENTIALS.test(source))
    return found(source.startsWith('{{') ? 'info' : 'severe', 'The container reads credentials of yours.');
  if (SYSTEM.test(source)) return found('severe', 'The container reaches system folders of this machine.');
  if (HOME.test(source)) return found('warning', 'The container reaches your whole home folder.');
  return /^[/~.$%]|^[a-z]:/i.test(source) ? found('info', 'The container reaches this folder of yours.') : [];
}
