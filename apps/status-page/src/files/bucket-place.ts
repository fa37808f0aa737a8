import { S3mini } from 's3mini';
import type { FilePlace } from './keep-written.ts';

export interface BucketOptions {
  /** With the bucket's name. */
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const answerMs = 20_000;
/** Without it browsers would keep a page for as long as they please. */
const headers = { 'cache-control': 'public, max-age=10, stale-if-error=86400' };

/** A bucket of an S3-compatible store; an object is there whole or not at all. */
export function bucketPlace({ bucket, region, accessKeyId, secretAccessKey }: BucketOptions): FilePlace {
  const store = new S3mini({
    endpoint: bucket,
    region,
    accessKeyId,
    secretAccessKey,
    requestAbortTimeout: answerMs,
  });
  return {
    name: bucket,
    put: async ({ name, type, text }) => {
      const answer = await store.putObject(name, text, type, undefined, headers);
      if (!answer.ok) throw new Error(`${name}: HTTP ${answer.status}`);
    },
    read: (name) => store.getObject(name),
    remove: async (name) => {
      if (!(await store.deleteObject(name))) throw new Error(`${name}: could not be removed`);
    },
  };
}
