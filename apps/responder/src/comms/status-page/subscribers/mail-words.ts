import type { PageLanguage, PublicStatus } from '@tocsin/contract';

/** What a mail to a subscriber says around the update. */
export interface MailWords {
  readonly status: Readonly<Record<PublicStatus, string>>;
  readonly confirmSubject: (page: string) => string;
  readonly confirmText: (page: string, url: string) => string;
  readonly more: string;
  readonly leave: string;
}

/** By language. */
export const mailWords: Readonly<Record<PageLanguage, MailWords>> = {
  en: {
    status: {
      investigating: 'Investigating',
      identified: 'Identified',
      monitoring: 'Monitoring',
      resolved: 'Resolved',
    },
    confirmSubject: (page) => `${page}: please confirm your address`,
    confirmText: (page, url) =>
      `Somebody wants updates of the status page "${page}" at this address.\n\nIf that was you, confirm it here:\n${url}\n\nIf not, do nothing: you get no more mails.`,
    more: 'More:',
    leave: 'No more mails:',
  },
  de: {
    status: {
      investigating: 'Wird untersucht',
      identified: 'Ursache gefunden',
      monitoring: 'Wird beobachtet',
      resolved: 'Behoben',
    },
    confirmSubject: (page) => `${page}: Bitte bestätigen Sie Ihre Adresse`,
    confirmText: (page, url) =>
      `Jemand möchte Meldungen der Statusseite „${page}“ an diese Adresse.\n\nWenn Sie das waren, bestätigen Sie es hier:\n${url}\n\nWenn nicht, tun Sie nichts: Sie bekommen keine weiteren E-Mails.`,
    more: 'Mehr:',
    leave: 'Keine E-Mails mehr:',
  },
  fr: {
    status: {
      investigating: 'En cours d’analyse',
      identified: 'Cause identifiée',
      monitoring: 'Sous surveillance',
      resolved: 'Résolu',
    },
    confirmSubject: (page) => `${page} : confirmez votre adresse`,
    confirmText: (page, url) =>
      `Quelqu’un souhaite recevoir à cette adresse les informations de la page d’état « ${page} ».\n\nSi c’est vous, confirmez ici :\n${url}\n\nSinon, ne faites rien : vous ne recevrez plus d’e-mails.`,
    more: 'Plus d’informations :',
    leave: 'Plus d’e-mails :',
  },
  es: {
    status: {
      investigating: 'En investigación',
      identified: 'Causa identificada',
      monitoring: 'En observación',
      resolved: 'Resuelto',
    },
    confirmSubject: (page) => `${page}: confirme su dirección`,
    confirmText: (page, url) =>
      `Alguien quiere recibir en esta dirección los avisos de la página de estado «${page}».\n\nSi ha sido usted, confírmelo aquí:\n${url}\n\nSi no, no haga nada: no recibirá más correos.`,
    more: 'Más información:',
    leave: 'No más correos:',
  },
};
