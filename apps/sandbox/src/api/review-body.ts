import { badRequest } from '#store';

/** Fields of a protobuf message by number; those that hold numbers are left out. */
function fieldsOf(message: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  let at = 0;
  const varint = (): number => {
    for (let value = 0, factor = 1; at < message.length; factor *= 128) {
      const byte = message[at++] ?? 0;
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
    throw badRequest('the body of the request is no protobuf: it ends in the middle of a number');
  };
  while (at < message.length) {
    const tag = varint();
    const size = varint();
    if (tag % 8 === 0) continue;
    if (tag % 8 !== 2) throw badRequest(`the body of the request has a field of wire type ${tag % 8}`);
    fields.set(Math.floor(tag / 8), message.subarray(at, at + size));
    at += size;
  }
  return fields;
}

const resourceFields = ['namespace', 'verb', 'group', 'version', 'resource', 'subresource', 'name'];

function named(message: Buffer | undefined, names: readonly string[]): Record<string, string> | undefined {
  if (message === undefined) return undefined;
  const fields = fieldsOf(message);
  return Object.fromEntries(names.map((name, index) => [name, fields.get(index + 1)?.toString() ?? '']));
}

/** The spec of a review as kubectl up to 1.33 sends it: `k8s`, a zero byte, and the object wrapped in protobuf. */
export function reviewFromProtobuf(kind: string, body: Buffer): { spec: object } {
  if (kind !== 'SelfSubjectAccessReview') return { spec: {} };
  const object = fieldsOf(fieldsOf(body.subarray(4)).get(2) ?? Buffer.alloc(0));
  const spec = fieldsOf(object.get(2) ?? Buffer.alloc(0));
  return {
    spec: {
      resourceAttributes: named(spec.get(1), resourceFields),
      nonResourceAttributes: named(spec.get(2), ['path', 'verb']),
    },
  };
}
