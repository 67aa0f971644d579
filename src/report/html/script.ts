/**
 * The page's script: filters by service, rule and text, and what lights up in the drawing. Change it, and `policy.ts`
 * must name its new hash: a test says which.
 */
export const pageScript = `
'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  document.documentElement.classList.add('js');

  const form = one('filters');
  const findings = all('.finding').map((element) => {
    const spot = element.closest('.spot');
    const source = spot.querySelector('.excerpt');
    const path = element.closest('.file').querySelector('.path');
    return {
      element,
      spot,
      severity: element.dataset.severity,
      rule: element.dataset.rule,
      services: JSON.parse(element.dataset.services),
      text: [element, source, path].map((part) => (part ? part.textContent : '')).join(' ').toLowerCase(),
    };
  });

  function apply() {
    const shown = new Set(all('fieldset input:checked', form).map((box) => box.value));
    const service = one('by-service').value;
    const rule = one('by-rule').value;
    const words = one('by-text').value.toLowerCase().split(/\\s+/).filter(Boolean);
    const spots = new Set();
    const files = new Set();
    let count = 0;
    for (const finding of findings) {
      const isShown =
        shown.has(finding.severity) &&
        (service === '' || finding.services.includes(service)) &&
        (rule === '' || finding.rule === rule) &&
        words.every((word) => finding.text.includes(word));
      finding.element.hidden = !isShown;
      if (!isShown) continue;
      count += 1;
      spots.add(finding.spot);
      files.add(finding.spot.parentElement.closest('.file'));
    }
    for (const spot of all('.spot')) spot.hidden = !spots.has(spot);
    for (const file of all('.file')) file.hidden = !files.has(file);
    one('shown').textContent =
      count === findings.length ? 'All ' + count + ' findings' : count + ' of ' + findings.length + ' findings';
  }

  function showAll() {
    for (const box of all('fieldset input', form)) box.checked = true;
    one('by-service').value = '';
    one('by-rule').value = '';
    one('by-text').value = '';
    apply();
  }

  if (form) {
    form.addEventListener('input', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
    one('reset').addEventListener('click', showAll);
    one('fold').addEventListener('click', (event) => {
      const isFolded = event.target.getAttribute('aria-pressed') !== 'true';
      event.target.setAttribute('aria-pressed', String(isFolded));
      event.target.textContent = isFolded ? 'Unfold files' : 'Fold files';
      for (const file of all('.file')) file.open = !isFolded;
    });
    for (const link of all('a[data-service]'))
      link.addEventListener('click', () => {
        showAll();
        one('by-service').value = link.dataset.service;
        apply();
      });
  }

  // A link to a finding opens it, wherever it is folded away.
  function openTarget() {
    const target = /^#f[0-9]+$/.test(location.hash) && document.querySelector(location.hash);
    if (!target) return;
    if (form) showAll();
    for (let part = target; part; part = part.parentElement) if (part.tagName === 'DETAILS') part.open = true;
    target.scrollIntoView({ block: 'center' });
  }
  addEventListener('hashchange', openTarget);
  openTarget();

  // What a service is joined with.
  for (const drawing of all('.drawing svg'))
    for (const node of all('[data-node]', drawing)) {
      const id = node.dataset.node;
      const place = node.closest('a') || node;
      const light = (isOn) => {
        drawing.classList.toggle('lit', isOn);
        for (const edge of all('.edge', drawing))
          edge.classList.toggle('on', isOn && (edge.dataset.from === id || edge.dataset.to === id));
      };
      place.addEventListener('mouseenter', () => light(true));
      place.addEventListener('mouseleave', () => light(false));
      place.addEventListener('focus', () => light(true));
      place.addEventListener('blur', () => light(false));
    }
})();
`;
