import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JWK,
} from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig, type Config } from '../config.ts';
import { remoteKeys } from './remote-keys.ts';
import { jwtVerifier, type VerifyJwt } from './verify-jwt.ts';

const secret = 'a secret that is long enough for HS256';
const least = { PGHOST: 'h', PGPASSWORD: 'p' };
const claims = { tenant: 't1', sub: 'user-1' };

interface Signer {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
  jwk: JWK;
}

async function signer(kid: string, alg = 'ES256'): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

function sign({ kid, alg, privateKey }: Signer, payload: Record<string, unknown> = claims): Promise<string> {
  const expires = Math.floor(Date.now() / 1000) + 600;
  return new SignJWT({ exp: expires, ...payload }).setProtectedHeader({ alg, kid }).sign(privateKey);
}

function signShared(
  payload: Record<string, unknown>,
  key: string | Uint8Array = secret,
  alg = 'HS256',
): Promise<string> {
  const bytes = typeof key === 'string' ? new TextEncoder().encode(key) : key;
  return new SignJWT(payload).setProtectedHeader({ alg }).sign(bytes);
}

/** An issuer that publishes keys, over real HTTP. */
class Issuer {
  keys: JWK[] = [];
  fetches = 0;
  answer: 'keys' | 'error' | 'nothing' = 'keys';
  readonly #server: Server = createServer((_request, response) => {
    this.fetches += 1;
    if (this.answer === 'nothing') return;
    response.statusCode = this.answer === 'keys' ? 200 : 500;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: this.keys }));
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/jwks.json`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function sharedVerifier(env: Record<string, string> = {}): VerifyJwt {
  return jwtVerifier(readConfig({ ...least, JWT_SECRET: secret, ...env }), undefined);
}

const nowSeconds = (): number => Math.floor(Date.now() / 1000);

describe('a token signed with the shared secret', () => {
  it('names tenant, user and what it may do', async () => {
    const exp = nowSeconds() + 60;
    const verify = sharedVerifier();
    expect(await verify(await signShared({ ...claims, exp }))).toEqual({
      caller: { tenant: 't1', sub: 'user-1', scopes: ['data:read', 'data:write'] },
      expiresAt: exp * 1000,
    });
  });

  it.each([
    [{ role: 'admin' }, ['data:read', 'data:write', 'admin']],
    [{ role: 'viewer' }, ['data:read']],
    [{ role: 'something new' }, ['data:read']],
    [{ role: 'admin', scope: 'openid data:read' }, ['data:read']],
    [{ role: 'viewer', scope: 'admin data:write' }, []],
  ])('with %o may do %o', async (extra, scopes) => {
    const { caller } = await sharedVerifier()(await signShared({ ...claims, ...extra }));
    expect(caller.scopes).toEqual(scopes);
  });

  it('may be late by the tolerated difference of clocks and no more', async () => {
    const verify = sharedVerifier({ JWT_CLOCK_TOLERANCE_S: '30' });
    await expect(verify(await signShared({ ...claims, exp: nowSeconds() - 15 }))).resolves.toBeTruthy();
    await expect(verify(await signShared({ ...claims, nbf: nowSeconds() + 15 }))).resolves.toBeTruthy();
    await expect(verify(await signShared({ ...claims, exp: nowSeconds() - 60 }))).rejects.toThrow(/"exp"/);
    await expect(verify(await signShared({ ...claims, nbf: nowSeconds() + 60 }))).rejects.toThrow(/"nbf"/);
  });

  it('is held to issuer, audience and the claim of the tenant when they are configured', async () => {
    const verify = sharedVerifier({ JWT_ISSUER: 'me', JWT_AUDIENCE: 'api', JWT_TENANT_CLAIM: 'org' });
    const good = { sub: 'u', iss: 'me', aud: 'api', org: 'acme' };
    expect((await verify(await signShared(good))).caller.tenant).toBe('acme');
    await expect(verify(await signShared({ ...good, iss: 'you' }))).rejects.toThrow(/"iss"/);
    await expect(verify(await signShared({ ...good, aud: 'other' }))).rejects.toThrow(/"aud"/);
    await expect(verify(await signShared({ ...good, org: 'a:b' }))).rejects.toThrow(
      /claim org: a:b; expected/,
    );
  });

  it.each([
    ['another algorithm', () => signShared(claims, secret.padEnd(64, 'x'), 'HS512'), /algorithm HS512/],
    ['no signature', () => Promise.resolve(new UnsecuredJWT(claims).encode()), /algorithm none/],
    ['another secret', () => signShared(claims, 'another secret that is long enough!!'), /signature/],
    ['no user', () => signShared({ tenant: 't1' }), /claim sub/],
    ['nonsense', () => Promise.resolve('x.y.z'), /expected a JWT/],
  ])('is refused with %s', async (_case, make, message) => {
    const refusal = sharedVerifier()(await make());
    await expect(refusal).rejects.toThrow(message);
    await expect(refusal).rejects.toMatchObject({ statusCode: 401 });
  });
});

describe('a token signed by an issuer with public keys', () => {
  let issuer: Issuer;

  beforeEach(async () => {
    issuer = new Issuer();
    await issuer.start();
  });

  afterEach(() => issuer.stop());

  function configured(env: Record<string, string> = {}): Config {
    return readConfig({
      ...least,
      JWKS_URL: issuer.url,
      JWKS_COOLDOWN_MS: '0',
      JWKS_TIMEOUT_MS: '300',
      ...env,
    });
  }

  function verifier(env: Record<string, string> = {}): VerifyJwt {
    const config = configured(env);
    return jwtVerifier(config, remoteKeys(issuer.url, config).keyFor);
  }

  it.each(['ES256', 'RS256', 'EdDSA'])('is verified (%s), with one fetch for many tokens', async (alg) => {
    const one = await signer('k1', alg);
    issuer.keys = [one.jwk];
    const verify = verifier();
    const tokens = await Promise.all(
      Array.from({ length: 10 }, (_, n) => sign(one, { ...claims, sub: `u${n}` })),
    );
    const callers = await Promise.all(tokens.map(async (token) => (await verify(token)).caller.sub));
    expect(callers).toEqual(tokens.map((_, n) => `u${n}`));
    expect(issuer.fetches).toBe(1);
  });

  it('is verified after a rotation, with one more fetch', async () => {
    const [old, young] = [await signer('old'), await signer('young')];
    issuer.keys = [old.jwk];
    const verify = verifier();
    await verify(await sign(old));
    issuer.keys = [old.jwk, young.jwk];
    await verify(await sign(young));
    await verify(await sign(old));
    expect(issuer.fetches).toBe(2);
  });

  it('is refused when no key fits, and cannot make the service fetch again and again', async () => {
    const [known, foreign] = [await signer('known'), await signer('foreign')];
    issuer.keys = [known.jwk];
    const verify = verifier({ JWKS_COOLDOWN_MS: '60000' });
    await verify(await sign(known));
    for (let n = 0; n < 5; n += 1) {
      await expect(verify(await sign(foreign))).rejects.toMatchObject({ statusCode: 401 });
    }
    expect(issuer.fetches).toBe(1);
  });

  it('is refused when its signature is of another key by the same name', async () => {
    const [known, forged] = [await signer('k1'), await signer('k1')];
    issuer.keys = [known.jwk];
    await expect(verifier()(await sign(forged))).rejects.toMatchObject({ statusCode: 401 });
  });

  it('is refused with an algorithm that is not allowed, and public keys are no secrets', async () => {
    const [rsa, other] = [await signer('k1', 'RS256'), await signer('k2', 'RS512')];
    issuer.keys = [rsa.jwk, other.jwk];
    await expect(verifier()(await sign(other))).rejects.toThrow(/algorithm RS512/);
    const publicPem = new TextEncoder().encode(await exportSPKI(rsa.publicKey));
    const confused = await signShared(claims, publicPem);
    await expect(verifier()(confused)).rejects.toThrow(/algorithm HS256/);
    await expect(verifier({ JWT_SECRET: secret })(confused)).rejects.toThrow(/signature/);
  });

  it('and one signed with the secret are both taken when both are configured', async () => {
    const one = await signer('k1');
    issuer.keys = [one.jwk];
    const verify = verifier({ JWT_SECRET: secret });
    expect((await verify(await sign(one))).caller.tenant).toBe('t1');
    expect((await verify(await signShared({ ...claims, tenant: 't2' }))).caller.tenant).toBe('t2');
  });

  it.each(['error', 'nothing'] as const)(
    'is verified by known keys while the issuer answers with %s, one of an unknown key is 503',
    async (answer) => {
      const [known, unknown] = [await signer('known'), await signer('unknown')];
      issuer.keys = [known.jwk];
      const config = configured();
      const keys = remoteKeys(issuer.url, config);
      const verify = jwtVerifier(config, keys.keyFor);
      await verify(await sign(known));
      issuer.answer = answer;
      await expect(verify(await sign(unknown))).rejects.toMatchObject({ statusCode: 503 });
      expect((await verify(await sign(known))).caller.tenant).toBe('t1');
      expect(keys.report(Date.now())).toMatchObject({ ageMs: expect.any(Number) });
      issuer.answer = 'keys';
      issuer.keys = [known.jwk, unknown.jwk];
      expect((await verify(await sign(unknown))).caller.tenant).toBe('t1');
    },
  );

  it('is 503, not 401, while no key was ever fetched, and the report says so', async () => {
    issuer.answer = 'error';
    const config = configured();
    const keys = remoteKeys(issuer.url, config);
    const token = await sign(await signer('k1'));
    await expect(jwtVerifier(config, keys.keyFor)(token)).rejects.toMatchObject({ statusCode: 503 });
    expect(keys.report(Date.now())).toMatchObject({ status: 'failing', ageMs: null });
  });
});
