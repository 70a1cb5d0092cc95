/** Host names → addresses: by the hosts file, then by DNS, off the thread pool, so that a name server that never answers keeps nobody but its own source waiting. */
import { ADDRCONFIG, promises as dns, type LookupAddress, lookup as systemLookup } from 'node:dns';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { fault } from './errors.js';

/** Milliseconds for one name. */
const LOOKUP_TIMEOUT = 5_000;
/** Milliseconds for which the IPv6 addresses are still waited for once the IPv4 ones are there. */
const IPV6_GRACE = 500;
/** c-ares sends a question this often, first after so many milliseconds: a lost packet must not lose the name. */
const DNS = { timeout: 1_500, tries: 3 };

const HOSTS_FILE =
  process.platform === 'win32' ? `${process.env.SystemRoot}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';

/** Names that DNS is not asked for: those without a dot, and multicast DNS (RFC 6762). */
const LOCAL_NAME = /^[^.]+$|\.local(?:host)?$/;

/** The name servers were heard of neither yes nor no: asking them by another way would only wait again. */
const SILENCE = /^(?:ETIMEOUT|ESERVFAIL|ECANCELLED)$/;

export class HostNames {
  #hostsFile: ReadonlyMap<string, readonly LookupAddress[]> | null = null;
  readonly #system: SystemLookups;

  /**
   * `mostAtOnce`: questions to the system's own lookup, each of which holds one of the four threads that files and unpacking need too.
   * `nameServers`: `address:port`; null: the system's.
   */
  constructor(
    mostAtOnce: number,
    readonly nameServers: readonly string[] | null = null,
  ) {
    this.#system = new SystemLookups(mostAtOnce);
  }

  /** At least one address, IPv4 first. Rejects where the name is not known, or where its name servers do not answer in time. */
  async addressesOf(host: string): Promise<readonly LookupAddress[]> {
    this.#hostsFile ??= readHostsFile();
    const name = host.toLowerCase().replace(/\.$/, '');
    const written = this.#hostsFile.get(name);
    if (written !== undefined) return written;
    if (LOCAL_NAME.test(name)) return this.#system.addressesOf(host);
    try {
      return await askNameServers(host, this.nameServers);
    } catch (error) {
      // Search domains and whatever else nsswitch.conf names.
      if (SILENCE.test(String((error as NodeJS.ErrnoException).code))) throw error;
      return this.#system.addressesOf(host);
    }
  }
}

/** A resolver of its own for each name: it can be cancelled, and no other name pays for what its servers fail to do. */
async function askNameServers(host: string, nameServers: readonly string[] | null): Promise<readonly LookupAddress[]> {
  const resolver = new dns.Resolver(DNS);
  if (nameServers !== null) resolver.setServers(nameServers);
  const late = setTimeout(() => resolver.cancel(), LOOKUP_TIMEOUT);
  try {
    const ipv4 = resolver.resolve4(host).then((addresses) => addresses.map((address) => ({ address, family: 4 })));
    if (!usesIpv6()) return await ipv4;
    const ipv6 = resolver.resolve6(host).then((addresses) => addresses.map((address) => ({ address, family: 6 })));
    const found = await Promise.allSettled([ipv4, withGrace(ipv6, ipv4)]);
    const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    if (addresses.length === 0) throw (found[0] as PromiseRejectedResult).reason;
    return addresses;
  } finally {
    clearTimeout(late);
    resolver.cancel();
  }
}

/** RFC 8305 3: who has an address already does not wait long for more. */
async function withGrace<T>(slow: Promise<T[]>, first: Promise<unknown>): Promise<T[]> {
  const over = new AbortController();
  const grace = first.then(
    () => sleep<T[]>(IPV6_GRACE, [], { signal: over.signal }).catch(() => []),
    () => slow,
  );
  return Promise.race([slow, grace]).finally(() => over.abort());
}

/** As getaddrinfo has it (AI_ADDRCONFIG): not on a machine that has IPv4 addresses alone. */
function usesIpv6(): boolean {
  const families = new Set(
    Object.values(networkInterfaces()).flatMap((all) =>
      all!.flatMap(({ family, internal }) => (internal ? [] : family)),
    ),
  );
  return families.has('IPv6') || !families.has('IPv4');
}

/** hosts(5); empty where there is none. */
function readHostsFile(): ReadonlyMap<string, readonly LookupAddress[]> {
  const found = new Map<string, LookupAddress[]>();
  for (const line of hostsFileLines()) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/);
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of names) {
      const known = found.get(name) ?? [];
      if (!known.some((one) => one.address === address)) known.push({ address, family });
      found.set(name, known);
    }
  }
  for (const addresses of found.values()) addresses.sort((a, b) => a.family - b.family);
  return found;
}

function hostsFileLines(): string[] {
  try {
    return readFileSync(HOSTS_FILE, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** getaddrinfo, a few names at once; the others stand in line. A name that fails does so for its own source. */
class SystemLookups {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(mostAtOnce: number) {
    this.#free = mostAtOnce;
  }

  async addressesOf(host: string): Promise<readonly LookupAddress[]> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(fault('ETIMEOUT', 'no answer in time')), LOOKUP_TIMEOUT);
      systemLookup(host, { all: true, order: 'ipv4first', hints: ADDRCONFIG }, (error, addresses) => {
        clearTimeout(late);
        this.#release();
        if (error === null) resolve(addresses);
        else reject(error);
      });
    });
  }

  /** Only when the thread is free again, not when its source stopped waiting. */
  #release(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }
}
