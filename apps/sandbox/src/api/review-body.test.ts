import { describe, expect, it } from 'vitest';
import { reviewFromProtobuf } from './review-body.ts';

function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  const size =
    bytes.length < 128 ? [bytes.length] : [(bytes.length % 128) + 128, Math.floor(bytes.length / 128)];
  return Buffer.concat([Buffer.from([number * 8 + 2, ...size]), bytes]);
}

function review(spec: Buffer): Buffer {
  const status = field(3, Buffer.from([8, 0]));
  const object = Buffer.concat([field(2, spec), status]);
  return Buffer.concat([Buffer.from('k8s\0'), field(1, 'type'), field(2, object)]);
}

describe('reviewFromProtobuf', () => {
  it('reads what is asked for', () => {
    const name = 'n'.repeat(200);
    const attributes = [field(1, 'platform'), field(2, 'list'), field(5, 'pods'), field(7, name)];
    const { spec } = reviewFromProtobuf(
      'SelfSubjectAccessReview',
      review(field(1, Buffer.concat(attributes))),
    );
    expect(spec).toMatchObject({
      resourceAttributes: { namespace: 'platform', verb: 'list', group: '', resource: 'pods', name },
      nonResourceAttributes: undefined,
    });
  });

  it('says what is wrong with bytes that are no review', () => {
    expect(() => reviewFromProtobuf('SelfSubjectAccessReview', Buffer.from('k8s\0\x0d\x01'))).toThrow(
      'wire type 5',
    );
    expect(() => reviewFromProtobuf('SelfSubjectAccessReview', Buffer.from('k8s\0\x92'))).toThrow(
      'no protobuf',
    );
  });
});
