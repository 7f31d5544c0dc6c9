/** Any JSON value of a parsed document. */
export type Node = Record<string, unknown>;

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Follows local references (`#/components/…`). Others, and loops, give undefined. */
export function resolver(root: Node): (value: unknown) => Node | undefined {
  return (value) => {
    let node = value;
    for (let hops = 0; hops < 20; hops++) {
      if (!isNode(node)) return undefined;
      if (typeof node.$ref !== 'string') return node;
      if (!node.$ref.startsWith('#/')) return undefined;
      let target: unknown = root;
      for (const part of node.$ref.slice(2).split('/')) {
        const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
        target = isNode(target) && Object.hasOwn(target, name) ? target[name] : undefined;
      }
      node = target;
    }
    return undefined;
  };
}

/** Deeper schemas are left out: recursive ones never end. */
const MAX_DEPTH = 8;

const FORMATS: Record<string, string> = {
  'date-time': '2024-01-01T00:00:00Z',
  date: '2024-01-01',
  time: '00:00:00Z',
  email: 'someone@example.com',
  uuid: '00000000-0000-4000-8000-000000000000',
  uri: 'http://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'dGV4dA==',
};

/** A value that fits a schema: its example, default, or first enum value, else the simplest one of its type. The same each time. */
export function sample(schema: unknown, resolve: (value: unknown) => Node | undefined, depth = 0): unknown {
  const node = resolve(schema);
  if (!node || depth > MAX_DEPTH) return null;
  const given = firstExample(node);
  if (given !== undefined) return given;
  if (node.const !== undefined) return node.const;
  if (Array.isArray(node.enum)) return node.enum[0];
  const one = [node.oneOf, node.anyOf].find(Array.isArray)?.[0];
  if (one !== undefined) return sample(one, resolve, depth + 1);
  if (Array.isArray(node.allOf)) {
    const parts = [...node.allOf, { ...node, allOf: undefined }].map((part) =>
      sample(part, resolve, depth + 1),
    );
    return Object.assign({}, ...parts.filter(isNode));
  }
  const type = Array.isArray(node.type) ? node.type.find((name) => name !== 'null') : node.type;
  if (type === 'object' || isNode(node.properties)) {
    const properties = isNode(node.properties) ? node.properties : {};
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([, property]) => resolve(property)?.readOnly !== true)
        .map(([name, property]) => [name, sample(property, resolve, depth + 1)]),
    );
  }
  if (type === 'array') return [sample(node.items, resolve, depth + 1)];
  if (type === 'integer' || type === 'number') {
    const least = typeof node.minimum === 'number' ? node.minimum : 1;
    return node.exclusiveMinimum === true ? least + 1 : least;
  }
  if (type === 'boolean') return true;
  if (type !== 'string') return null;
  const text = FORMATS[String(node.format)] ?? 'text';
  const min = typeof node.minLength === 'number' ? Math.min(node.minLength, 10_000) : 0;
  return text.length < min
    ? text.padEnd(min, 'x')
    : text.slice(0, typeof node.maxLength === 'number' ? node.maxLength : undefined);
}

/** `example`, the first of `examples` (a list in JSON Schema, named objects in OpenAPI), or `default`. */
export function firstExample(node: Node): unknown {
  if (node.example !== undefined) return node.example;
  if (Array.isArray(node.examples) && node.examples.length > 0) return node.examples[0];
  if (isNode(node.examples)) {
    const [first] = Object.values(node.examples);
    if (isNode(first) && first.value !== undefined) return first.value;
  }
  return node.default;
}
