import { kubectlOf } from '../commands.ts';
import { actionRule } from '../rule.ts';

const ENDPOINTS = /^(?:endpoints?|ep)(?:\/.*)?$/;

/** RB055: Endpoints are deprecated and cut at 1000 addresses; EndpointSlices say which pods are ready. */
export const deprecatedKind = actionRule('RB055', 'warning', (action) => {
  const [verb = '', kind = '', name] = kubectlOf(action)?.words ?? [];
  if (!['get', 'describe'].includes(verb) || !ENDPOINTS.test(kind)) return null;
  const selector = name === undefined ? '' : ` -l kubernetes.io/service-name=${name}`;
  const suggestion = action.text.replace(
    new RegExp(`\\b${kind}\\b(?:\\s+${name ?? ''})?`),
    `endpointslices${selector}`,
  );
  return { message: 'the kind "endpoints" is deprecated: read EndpointSlices', suggestion };
});
