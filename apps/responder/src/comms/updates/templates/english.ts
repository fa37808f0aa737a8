import type { Wording } from './wording.ts';

const forWhom = `{% if affected.all %}of all customers{% elsif affected.count == 1 %}of one customer{% else %}of some customers{% endif %}`;

/** What drafts say in English. */
export const english: Wording = {
  parts: {
    impact: `Since {{ since }} ({{ day }}), {% if symptoms.failing %}{{ symptoms.percent }} of the requests ${forWhom} fail{% elsif symptoms.slow %}requests ${forWhom} are answered slowly{% else %}it does not work as it should{% endif %}.`,
    next: `{% if nextUpdate %}We will tell more by {{ nextUpdate }}.{% endif %}`,
    mark: `{% if drill %}**This is a drill.** {% endif %}`,
  },
  statuses: {
    investigating: 'Investigating',
    identified: 'Identified',
    monitoring: 'Monitoring',
    resolved: 'Resolved',
  },
  templates: {
    internal: {
      investigating: inside('The cause is not known yet.'),
      identified: inside('Cause: {{ cause }}.'),
      monitoring: `{% include 'mark' %}**{{ severity.id }}** #{{ number }}: the harm ended at {{ ended }}, after {{ minutes }} minutes. The service is being watched.{% if cause %} Cause: {{ cause }}.{% endif %}`,
      resolved: `{% include 'mark' %}**{{ severity.id }}** #{{ number }} is over. It lasted from {{ since }}{% if ended %} to {{ ended }}, {{ minutes }} minutes{% endif %}.{% if cause %} Cause: {{ cause }}.{% endif %}`,
    },
    executives: {
      investigating: above('The cause is not known yet.'),
      identified: above('Cause: {{ cause }}.'),
      monitoring: `{% include 'mark' %}{{ service }} serves its customers again since {{ ended }}, after {{ minutes }} minutes ({{ severity.id }}, {{ severity.name }}). It is being watched before the outage is called over. {{ affected.count }} of {{ affected.of }} tenants were affected.`,
      resolved: `{% include 'mark' %}The outage of {{ service }} ({{ severity.id }}, {{ severity.name }}) is over. It lasted from {{ since }}{% if ended %} to {{ ended }}, {{ minutes }} minutes{% endif %}. {{ affected.count }} of {{ affected.of }} tenants were affected. A review follows.`,
    },
    'status-page': {
      investigating: `{% include 'mark' %}We are investigating a problem with {{ service }}. {% include 'impact' %}\n\n{% include 'next' %}`,
      identified: `{% include 'mark' %}We know the cause of the problem with {{ service }}{% if changes > 0 %}, have made a change, and are watching its effect{% else %} and are working on it{% endif %}. {% include 'impact' %}\n\n{% include 'next' %}`,
      monitoring: `{% include 'mark' %}{{ service }} works again since {{ ended }}. We keep watching it before we call the problem solved.`,
      resolved: `{% include 'mark' %}The problem with {{ service }} is solved. It began at {{ since }} ({{ day }}){% if ended %} and ended at {{ ended }}, after {{ minutes }} minutes{% endif %}. We apologise for the disruption.`,
    },
    customers: {
      investigating: letter(
        `we are investigating a problem with {{ service }} that affects you. {% include 'impact' %}\n\n{% include 'next' %}`,
      ),
      identified: letter(
        `{{ service }} has a problem that affects you. We know its cause{% if changes > 0 %}, have made a change, and are watching its effect{% else %} and are working on it{% endif %}. {% include 'impact' %}\n\n{% include 'next' %}`,
      ),
      monitoring: letter(
        `{{ service }} works again since {{ ended }}. We keep watching it before we call the problem solved.`,
      ),
      resolved: letter(
        `the problem with {{ service }} that affected you is solved. It began at {{ since }} ({{ day }}){% if ended %} and ended at {{ ended }}, after {{ minutes }} minutes{% endif %}. We apologise for the disruption.`,
      ),
    },
  },
};

function inside(cause: string): string {
  return `{% include 'mark' %}**{{ severity.id }}** #{{ number }}: {{ reason }}

- ${cause}
- Tenants: {% if tenants.size > 0 %}{{ tenants | join: ', ' }}{% else %}none measured as harmed{% endif %}
- Done: {% if steps.size > 0 %}{{ steps | join: '; ' }}{% else %}no change yet{% endif %}
- Command: {% if commander %}{{ commander }}{% else %}nobody has taken it{% endif %}{% if nextUpdate %}

Next update by {{ nextUpdate }}.{% endif %}`;
}

function above(cause: string): string {
  return `{% include 'mark' %}{{ service }} has had an outage since {{ since }}, for {{ minutes }} minutes ({{ severity.id }}, {{ severity.name }}). {{ affected.count }} of {{ affected.of }} tenants are affected{% if symptoms.percent %}; {{ symptoms.percent }} of their requests fail{% endif %}. ${cause} {% if changes > 0 %}A change has been made, and its effect is being watched.{% else %}No change has been made yet.{% endif %}{% if nextUpdate %}

Next update by {{ nextUpdate }}.{% endif %}`;
}

function letter(text: string): string {
  return `{% include 'mark' %}Dear customer,\n\n${text}`;
}
