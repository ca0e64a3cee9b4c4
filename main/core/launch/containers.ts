/** What a container may reach of this machine (docker and podman run). */
import type { LaunchFinding } from '../../contract/launch.ts';
import type { ReadOptions } from './options.ts';
import { variableFindings } from './variables.ts';
import { findingAt, type Word } from './word.ts';

export const CONTAINER_VALUES =
  '-v --volume --mount -e --env --env-file -p --publish --name --network --net -w --workdir -u --user --entrypoint --device ' +
  '--cap-add --cap-drop --security-opt --pid --ipc --uts --userns --cgroupns --platform --pull --add-host --dns -l --label -m ' +
  '--memory --cpus --gpus --hostname -h --tmpfs --ulimit --restart --log-driver --log-opt --volumes-from --link --shm-size --runtime --group-add';

const WHOLE_MACHINE = /^(\/|[a-z]:[\\/]?)$/i;
const SYSTEM = /^\/(etc|root|proc|sys|dev|boot|var|usr|lib|bin|sbin|private\/etc)(\/|$)/i;
const SOCKET = /(docker|podman|containerd)\.sock$|pipe[\\/]+docker_engine/i;
const CREDENTIALS =
  /(^|[\\/])\.(ssh|aws|gnupg|kube|azure|netrc|npmrc|pypirc|docker|git-credentials)([\\/]|$)|\.config[\\/]gcloud/i;
const HOME = /^(~|\$\{?HOME\}?|%USERPROFILE%|\/home\/[^/]+|\/Users\/[^/]+|[a-z]:[\\/]Users[\\/][^\\/]+)[\\/]?$/i;
const POWERS = /^(cap_)?(all|sys_admin|sys_ptrace|sys_module|sys_rawio|dac_read_search|net_admin|bpf)$/i;

export function containerFindings({ options }: ReadOptions): LaunchFinding[] {
  return options.flatMap(({ name, word, value }) => {
    const text = value?.text ?? '';
    if (name === '--privileged' && !/^(false|0)$/i.test(text))
      return [
        findingAt('container-privileged', 'severe', word, 'The container runs with all rights over this machine.'),
      ];
    if (value === null) return [];
    if (name === '-v' || name === '--volume') return mount(/^([a-z]:[^:]*|[^:]*)(?=:|$)/i.exec(text)?.[0] ?? '', value);
    if (name === '--mount') return mount(/(?:^|,)(?:source|src)=([^,]*)/.exec(text)?.[1] ?? '', value);
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
    if (name === '--device')
      return [findingAt('container-device', 'warning', value, 'The container reaches a device of this machine.')];
    return [];
  });
}

/** A variable set for what runs in the container; one that only passes a name on is judged where it is set. */
function assigned(value: Word): LaunchFinding[] {
  const equals = value.text.indexOf('=');
  if (equals < 0) return [];
  const variable = {
    name: value.text.slice(0, equals),
    source: 'literal' as const,
    shown: value.text.slice(equals + 1),
  };
  return variableFindings([variable]).map((one) => findingAt(one.id, one.severity, value, one.message));
}

function mount(source: string, value: Word): LaunchFinding[] {
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
