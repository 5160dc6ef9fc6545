/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/**
 * Token and address from the mailed link. The token leaves the address bar at once: it must not
 * stay in the history, in a bookmark or in what somebody reads over a shoulder.
 */
export function takeFromAddress() {
  const query = new URLSearchParams(location.search);
  history.replaceState(null, '', location.pathname);
  const email = (query.get('email') ?? '').trim();
  // Anybody can write a link: only an address is shown, never a message of their own.
  const isAddress = email.length <= 254 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
  return { token: (query.get('token') ?? '').trim(), email: isAddress ? email : '' };
}

/** Says something where screen readers listen; `kind` is "good", "bad" or empty for work in progress. */
export function say(element, text, kind = '') {
  element.dataset.kind = kind;
  element.textContent = text;
}

/** Shows one of the page's sections, hides the others, and takes the reader to its heading. */
export function showOnly(id) {
  for (const section of document.querySelectorAll('main > section')) section.hidden = section.id !== id;
  const heading = byId(id).querySelector('h1');
  heading.tabIndex = -1;
  heading.focus();
  document.title = `${heading.textContent} · Latchkey`;
}

/** Marks a field as wrong, or as right with an empty text. */
export function mark(input, text) {
  byId(`${input.id}-problem`).textContent = text;
  if (text) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}

/**
 * Runs `work` when the form is sent, once at a time. The button stays in reach of the keyboard
 * meanwhile: a disabled one would drop the focus to the top of the page.
 */
export function onSubmit(form, work) {
  const button = form.querySelector('button');
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    button.setAttribute('aria-disabled', 'true');
    try {
      await work();
    } finally {
      busy = false;
      button.removeAttribute('aria-disabled');
    }
  });
}
