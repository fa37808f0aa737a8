import { describe, expect, it } from 'vitest';
import { pickRoute, type Route } from './pick-route.ts';

const route = (host: string | undefined, path: string, service: string, exact = false): Route => ({
  host,
  path,
  pathType: exact ? 'Exact' : 'Prefix',
  namespace: 'platform',
  service,
  port: 8080,
});

const routes = [
  route('api.example.org', '/', 'root'),
  route('api.example.org', '/api', 'api'),
  route('api.example.org', '/api/data', 'data', true),
  route(undefined, '/', 'fallback'),
];

describe('pickRoute', () => {
  it.each([
    ['api.example.org', '/', 'root'],
    ['api.example.org:8080', '/health', 'root'],
    ['API.example.org', '/api/data/7', 'api'],
    ['api.example.org', '/api/data', 'data'],
    ['api.example.org', '/apiary', 'root'],
    ['other.example.org', '/api', 'fallback'],
  ])('%s%s goes to %s', (host, path, service) => {
    expect(pickRoute(routes, host, path)?.service).toBe(service);
  });

  it('has no answer for an unknown host without a catch-all', () => {
    expect(pickRoute(routes.slice(0, 3), 'other.example.org', '/')).toBeUndefined();
  });
});
