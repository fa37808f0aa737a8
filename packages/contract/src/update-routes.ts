import { z } from 'zod';
import { incidentView } from './incident.ts';
import { draftQuery, postUpdate, previewUpdate, updateDraft, updatePreview, updatesView } from './updates.ts';

const incidentId = z.strictObject({ id: z.string().min(1).max(100) });

/** Routes about telling others how an incident stands. */
export const updateRoutes = {
  updates: {
    method: 'GET',
    path: '/api/incidents/:id/updates',
    summary: 'Who has been told what, when, and who waits for an update',
    role: 'viewer',
    params: incidentId,
    response: updatesView,
  },
  updateDraft: {
    method: 'GET',
    path: '/api/incidents/:id/updates/draft',
    summary: 'An update from what is known, ready to be read and sent, as each channel will show it',
    role: 'viewer',
    params: incidentId,
    query: draftQuery,
    response: updateDraft,
  },
  previewUpdate: {
    method: 'POST',
    path: '/api/incidents/:id/updates/preview',
    summary:
      'A text of your own as each channel would show it, and what it would tell that stays inside; nothing is sent',
    role: 'viewer',
    params: incidentId,
    body: previewUpdate,
    response: updatePreview,
  },
  postUpdate: {
    method: 'POST',
    path: '/api/incidents/:id/updates',
    summary: 'Tell an audience how it stands; its clock begins anew',
    role: 'responder',
    params: incidentId,
    body: postUpdate,
    response: incidentView,
  },
} as const;
