import type { Server } from 'node:http';
import { startIdentityProvider } from './identity/identity-provider.ts';
import { type AllPorts, originOf, taken } from './ports.ts';
import type { Functions } from './runtime/functions.ts';
import { startHttpApi } from './runtime/http-api.ts';
import type { LocalIssuer } from './runtime/jwt.ts';
import type { ApiPart, Blueprint } from './template/parts.ts';
import { UnknownInTemplate } from './template/resolver.ts';

interface Ground {
  readonly now: () => number;
  readonly issuer: LocalIssuer;
}

const CONSOLE = /(^|-)console$/;

/**
 * Serves the template's HTTP APIs: the billing team's console and the customers' pages, each on its own port as they have their own
 * domains on AWS; and the identity provider that the console sends people to.
 * @throws UnknownInTemplate for a third API, PortTaken
 */
export async function startApis(
  { apis, functions: parts }: Blueprint,
  functions: Functions,
  ports: AllPorts,
  ground: Ground,
): Promise<Server[]> {
  const console = apis.find(({ name }) => CONSOLE.test(name));
  const [pages, ...others] = apis.filter((api) => api !== console);
  if (others.length > 0)
    throw new UnknownInTemplate(`The template has the HTTP API ${others[0]?.name}: the local cloud has no port for it`);
  const serve = (what: string, api: ApiPart | undefined, port: number) =>
    startHttpApi(api?.routes ?? [], functions, port, ground).catch(taken(what, port));
  const id = parts.map(({ environment }) => environment.CONSOLE_CLIENT_ID).find((client) => client !== undefined) ?? '';
  const client = { id, redirectUri: `${originOf(ports.console)}/signed-in` };
  return [
    await serve('public pages', pages, ports.public),
    await serve('console', console, ports.console),
    await startIdentityProvider({ ...ground, origin: originOf(ports.identity), client }, ports.identity).catch(
      taken('identity provider', ports.identity),
    ),
  ];
}
