import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** What a cluster is known by: keep it to let a kubeconfig stay valid over a restart. All secret but `caPem`. */
export interface Credentials {
  caPem: string;
  certPem: string;
  keyPem: string;
  /** Bearer token of the administrator. */
  adminToken: string;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const validForMs = 365 * 24 * 60 * 60 * 1000;

async function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

/**
 * A new authority, a server certificate for `hosts` (names or addresses) and a token. Certificates last a year from
 * `nowMs` (milliseconds since the epoch).
 */
export async function createCredentials(hosts: string[], nowMs: number): Promise<Credentials> {
  const [caKeys, keys] = await Promise.all([newKeys(), newKeys()]);
  const validity = { notBefore: new Date(nowMs - 60_000), notAfter: new Date(nowMs + validForMs) };
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: randomBytes(8).toString('hex'),
    name: 'CN=tocsin-sandbox-ca',
    signingAlgorithm: algorithm,
    keys: caKeys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  const names = [...new Set([...hosts, 'localhost', 'kubernetes'])];
  const certificate = await x509.X509CertificateGenerator.create({
    ...validity,
    serialNumber: randomBytes(8).toString('hex'),
    subject: 'CN=kube-apiserver',
    issuer: ca.subject,
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const),
      ),
    ],
  });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    caPem: ca.toString('pem'),
    certPem: certificate.toString('pem'),
    keyPem: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
    adminToken: randomBytes(24).toString('base64url'),
  };
}

/** A kubeconfig (YAML) for one account of one cluster; `namespace` is what commands without `-n` use. */
export function kubeconfigFor(cluster: {
  url: string;
  caPem: string;
  token: string;
  namespace?: string | undefined;
}): string {
  const ca = Buffer.from(cluster.caPem).toString('base64');
  return [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    '- name: tocsin-sandbox',
    `  cluster: { server: "${cluster.url}", certificate-authority-data: "${ca}" }`,
    'users:',
    '- name: tocsin-sandbox',
    `  user: { token: "${cluster.token}" }`,
    'contexts:',
    '- name: tocsin-sandbox',
    `  context: { cluster: tocsin-sandbox, user: tocsin-sandbox, namespace: ${cluster.namespace ?? 'default'} }`,
    'current-context: tocsin-sandbox',
    '',
  ].join('\n');
}
