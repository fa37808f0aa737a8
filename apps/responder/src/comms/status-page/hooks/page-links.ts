import { type PageLanguage, pageLanguages } from '@tocsin/contract';

/** Where a message leads, in its reader's language. */
export interface PageLinks {
  readonly language: PageLanguage;
  readonly confirm: string;
  readonly leave: string;
  readonly subscribe: string;
  readonly incident: (id: string) => string;
}

/** The addresses on the page at `pageUrl` for whoever has the token. */
export function pageLinks(pageUrl: string, wanted: string, token: string): PageLinks {
  const language = pageLanguages.find((one) => one === wanted) ?? 'en';
  const at = (path: string): string => `${pageUrl.replace(/\/$/, '')}/${language}/${path}`;
  return {
    language,
    confirm: at(`confirm/${token}/`),
    leave: at(`leave/${token}/`),
    subscribe: at('subscribe/'),
    incident: (id) => at(`incidents/${id}/`),
  };
}
