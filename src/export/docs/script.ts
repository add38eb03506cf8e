/** The language a reader chose, kept from page to page, and the search of the front page. */
export const catalogueScript = `'use strict';
(() => {
  const page = document.documentElement;
  const search = document.getElementById('search');
  const kept = () => {
    try { return localStorage.getItem('flis-language'); } catch { return null; }
  };
  const show = (language) => {
    page.dataset.language = language;
    page.lang = language;
    for (const button of document.querySelectorAll('[data-set]'))
      button.setAttribute('aria-pressed', String(button.dataset.set === language));
    if (search) search.placeholder = search.ariaLabel = search.dataset[language];
  };
  show(kept() === 'en' ? 'en' : 'da');
  for (const button of document.querySelectorAll('[data-set]'))
    button.addEventListener('click', () => {
      show(button.dataset.set);
      try { localStorage.setItem('flis-language', button.dataset.set); } catch { /* the choice holds for this page */ }
    });
  if (!search) return;
  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let found = 0;
    for (const domain of document.querySelectorAll('.domain')) {
      let here = 0;
      for (const entry of domain.querySelectorAll('[data-text]')) {
        entry.hidden = !words.every((word) => entry.dataset.text.includes(word));
        if (!entry.hidden) here += 1;
      }
      domain.hidden = here === 0;
      found += here;
    }
    document.getElementById('nothing').hidden = found > 0;
  };
  search.addEventListener('input', filter);
  filter();
})();
`;
