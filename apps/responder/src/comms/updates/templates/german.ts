import type { Wording } from './wording.ts';

const forWhom = `{% if affected.all %}aller Kunden{% elsif affected.count == 1 %}eines Kunden{% else %}einiger Kunden{% endif %}`;

/** What drafts for the public say in German. */
export const german: Wording = {
  parts: {
    impact: `Seit {{ since }} ({{ day }}) {% if symptoms.failing %}scheitern {{ symptoms.percent }} der Anfragen ${forWhom}{% elsif symptoms.slow %}werden Anfragen ${forWhom} langsam beantwortet{% else %}arbeitet der Dienst nicht wie gewohnt{% endif %}.`,
    next: `{% if nextUpdate %}Wir melden uns wieder bis {{ nextUpdate }}.{% endif %}`,
    mark: `{% if drill %}**Dies ist eine Übung.** {% endif %}`,
  },
  statuses: {
    investigating: 'Wird untersucht',
    identified: 'Ursache bekannt',
    monitoring: 'Wird beobachtet',
    resolved: 'Behoben',
  },
  templates: {
    'status-page': {
      investigating: `{% include 'mark' %}Wir untersuchen eine Störung von {{ service }}. {% include 'impact' %}\n\n{% include 'next' %}`,
      identified: `{% include 'mark' %}Die Ursache der Störung von {{ service }} ist bekannt{% if changes > 0 %}; wir haben etwas geändert und beobachten die Wirkung{% else %}, und wir arbeiten daran{% endif %}. {% include 'impact' %}\n\n{% include 'next' %}`,
      monitoring: `{% include 'mark' %}{{ service }} arbeitet seit {{ ended }} wieder. Wir beobachten den Dienst weiter, bevor wir die Störung für behoben erklären.`,
      resolved: `{% include 'mark' %}Die Störung von {{ service }} ist behoben. Sie begann um {{ since }} ({{ day }}){% if ended %} und endete um {{ ended }}, nach {{ minutes }} Minuten{% endif %}. Wir bitten um Entschuldigung.`,
    },
    customers: {
      investigating: letter(
        `wir untersuchen eine Störung von {{ service }}, die Sie betrifft. {% include 'impact' %}\n\n{% include 'next' %}`,
      ),
      identified: letter(
        `{{ service }} ist gestört, und das betrifft Sie. Die Ursache ist bekannt{% if changes > 0 %}; wir haben etwas geändert und beobachten die Wirkung{% else %}, und wir arbeiten daran{% endif %}. {% include 'impact' %}\n\n{% include 'next' %}`,
      ),
      monitoring: letter(
        `{{ service }} arbeitet seit {{ ended }} wieder. Wir beobachten den Dienst weiter, bevor wir die Störung für behoben erklären.`,
      ),
      resolved: letter(
        `die Störung von {{ service }}, die Sie betraf, ist behoben. Sie begann um {{ since }} ({{ day }}){% if ended %} und endete um {{ ended }}, nach {{ minutes }} Minuten{% endif %}. Wir bitten um Entschuldigung.`,
      ),
    },
  },
};

function letter(text: string): string {
  return `{% include 'mark' %}Guten Tag,\n\n${text}`;
}
