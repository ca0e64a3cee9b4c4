import { AsksScreen } from '../features/asks/AsksScreen.tsx';
import { AuditScreen } from '../features/audit/AuditScreen.tsx';
import { SessionScreen } from '../features/audit/SessionScreen.tsx';
import { ClientsScreen } from '../features/clients/ClientsScreen.tsx';
import { SetupPanel } from '../features/clients/SetupPanel.tsx';
import { GrantsScreen } from '../features/grants/GrantsScreen.tsx';
import { HomeScreen } from '../features/home/HomeScreen.tsx';
import { PolicyScreen } from '../features/policy/PolicyScreen.tsx';
import { LaunchPanel } from '../features/review/LaunchPanel.tsx';
import { SecretsScreen } from '../features/secrets/SecretsScreen.tsx';
import { ServerScreen } from '../features/servers/ServerScreen.tsx';
import { ServersScreen } from '../features/servers/ServersScreen.tsx';
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx';
import { ToolsPanel } from '../features/tools/ToolsPanel.tsx';
import type { Place } from './place.ts';

/** The screen of a place. Features meet here and nowhere else. */
export function ScreenView({ place }: { place: Place }) {
  switch (place.screen) {
    case 'home':
      return <HomeScreen setup={<SetupPanel />} />;
    case 'clients':
      return <ClientsScreen />;
    case 'servers':
      return <ServersScreen />;
    case 'server':
      return (
        <ServerScreen
          key={place.server}
          server={place.server}
          tab={place.tab}
          launch={<LaunchPanel server={place.server} />}
          tools={<ToolsPanel server={place.server} />}
        />
      );
    case 'asks':
      return <AsksScreen />;
    case 'grants':
      return <GrantsScreen />;
    case 'audit':
      return (
        <AuditScreen key={`${place.text} ${place.record}`} text={place.text ?? ''} record={place.record ?? null} />
      );
    case 'session':
      return <SessionScreen key={place.session} session={place.session} />;
    case 'secrets':
      return <SecretsScreen />;
    case 'policy':
      return <PolicyScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}
