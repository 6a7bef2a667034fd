// Security keys: ask the browser what the page was asked to, put the answer into the form, send it.
const PK = window.PublicKeyCredential;
const able = Boolean(PK && PK.parseCreationOptionsFromJSON && PK.parseRequestOptionsFromJSON);

function say(button, words) {
  let line = button.parentElement.querySelector("[data-key-said]");
  if (!line) {
    line = document.createElement("p");
    line.dataset.keySaid = "";
    line.className = "x-field-error";
    line.setAttribute("role", "alert");
    button.parentElement.append(line);
  }
  line.textContent = words;
}

async function answer(button, made) {
  const form = button.form;
  try {
    const credential = await made();
    form.querySelector("[data-key-answer]").value = JSON.stringify(credential.toJSON());
  } catch {
    say(button, button.dataset.keyFailed);
    return;
  }
  form.requestSubmit();
}

for (const button of document.querySelectorAll("[data-key-question], [data-key-registration]")) {
  if (!able) { button.hidden = true; continue; }
  button.addEventListener("click", () => {
    const { keyQuestion, keyRegistration } = button.dataset;
    if (keyQuestion) {
      const publicKey = PK.parseRequestOptionsFromJSON(JSON.parse(keyQuestion).publicKey);
      answer(button, () => navigator.credentials.get({ publicKey }));
    } else {
      const publicKey = PK.parseCreationOptionsFromJSON(JSON.parse(keyRegistration).publicKey);
      answer(button, () => navigator.credentials.create({ publicKey }));
    }
  });
}

for (const form of document.querySelectorAll("form[data-send-at-once]")) form.requestSubmit();
