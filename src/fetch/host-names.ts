/** Resolves host names with the hosts file, then DNS. It avoids the thread pool, so a slow DNS server delays only its own source. */
import { ADDRCONFIG, promises as dns, type LookupAddress, lookup as systemLookup } from 'node:dns';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFault } from './errors.js';

/** Milliseconds per name. */
const LOOKUP_TIMEOUT = 5_000;
/** Milliseconds to wait for IPv6 addresses after the IPv4 addresses have arrived. */
const IPV6_GRACE = 500;
/** Retries and first timeout of c-ares in milliseconds. */
const DNS = { timeout: 1_500, tries: 3 };

const HOSTS_FILE =
  process.platform === 'win32' ? `${process.env.SystemRoot}\\System32\\drivers\\etc\\hosts` : '/etc/hosts';

/** Names without a dot, and multicast DNS (RFC 6762): never sent to DNS servers. */
const LOCAL_NAME = /^[^.]+$|\.local(?:host)?$/;

/** Codes for DNS servers that did not respond. Another lookup would only wait again. */
const NO_RESPONSE = /^(?:ETIMEOUT|ESERVFAIL|ECANCELLED)$/;

export class HostResolver {
  #hostsFile: ReadonlyMap<string, readonly LookupAddress[]> | null = null;
  readonly #system: SystemLookups;

  /**
   * `mostAtOnce`: concurrent system lookups; each occupies a thread of Node's pool.
   * `nameServers`: `address:port`; null: the system's.
   */
  constructor(
    mostAtOnce: number,
    readonly nameServers: readonly string[] | null = null,
  ) {
    this.#system = new SystemLookups(mostAtOnce);
  }

  /** Resolves with at least one address, IPv4 first. Rejects if the name is unknown or DNS does not respond in time. */
  async resolve(host: string): Promise<readonly LookupAddress[]> {
    this.#hostsFile ??= readHostsFile();
    const name = host.toLowerCase().replace(/\.$/, '');
    const written = this.#hostsFile.get(name);
    if (written !== undefined) return written;
    if (LOCAL_NAME.test(name)) return this.#system.lookUp(host);
    try {
      return await queryNameServers(host, this.nameServers);
    } catch (error) {
      // The system lookup also covers search domains and nsswitch.conf.
      if (NO_RESPONSE.test(String((error as NodeJS.ErrnoException).code))) throw error;
      return this.#system.lookUp(host);
    }
  }
}

async function queryNameServers(
  host: string,
  nameServers: readonly string[] | null,
): Promise<readonly LookupAddress[]> {
  const resolver = new dns.Resolver(DNS);
  if (nameServers !== null) resolver.setServers(nameServers);
  const late = setTimeout(() => resolver.cancel(), LOOKUP_TIMEOUT);
  try {
    const ipv4 = resolver.resolve4(host).then((addresses) => addresses.map((address) => ({ address, family: 4 })));
    if (!hasIpv6()) return await ipv4;
    const ipv6 = resolver.resolve6(host).then((addresses) => addresses.map((address) => ({ address, family: 6 })));
    const found = await Promise.allSettled([ipv4, waitWithGrace(ipv6, ipv4)]);
    const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    if (addresses.length === 0) throw (found[0] as PromiseRejectedResult).reason;
    return addresses;
  } finally {
    clearTimeout(late);
    resolver.cancel();
  }
}

/** Waits only briefly for IPv6 once IPv4 has arrived (RFC 8305 3). */
async function waitWithGrace<T>(slow: Promise<T[]>, first: Promise<unknown>): Promise<T[]> {
  const over = new AbortController();
  const grace = first.then(
    () => sleep<T[]>(IPV6_GRACE, [], { signal: over.signal }).catch(() => []),
    () => slow,
  );
  return Promise.race([slow, grace]).finally(() => over.abort());
}

/** Like AI_ADDRCONFIG of getaddrinfo: false if the machine has only IPv4 addresses. */
function hasIpv6(): boolean {
  const families = new Set(
    Object.values(networkInterfaces()).flatMap((all) =>
      all!.flatMap(({ family, internal }) => (internal ? [] : family)),
    ),
  );
  return families.has('IPv6') || !families.has('IPv4');
}

/** Parses hosts(5); empty if the file is missing. */
function readHostsFile(): ReadonlyMap<string, readonly LookupAddress[]> {
  const found = new Map<string, LookupAddress[]>();
  for (const line of readHostsFileLines()) {
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

function readHostsFileLines(): string[] {
  try {
    return readFileSync(HOSTS_FILE, 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Runs getaddrinfo for a few names at once and queues the others. */
class SystemLookups {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(mostAtOnce: number) {
    this.#free = mostAtOnce;
  }

  async lookUp(host: string): Promise<readonly LookupAddress[]> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(createFault('ETIMEOUT', 'DNS lookup timed out')), LOOKUP_TIMEOUT);
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
