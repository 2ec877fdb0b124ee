// Magpie: a small Bolt app in JavaScript. It reads SLACK_API_URL, SLACK_BOT_TOKEN and SLACK_APP_TOKEN.
import bolt from "@slack/bolt";

const app = new bolt.App({
  token: process.env.SLACK_BOT_TOKEN,
  appToken: process.env.SLACK_APP_TOKEN,
  socketMode: true,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
});

const plain = (text) => ({ type: "plain_text", text });
const form = {
  type: "modal",
  callback_id: "find",
  title: plain("A find"),
  submit: plain("Keep"),
  blocks: [
    { type: "input", block_id: "what", label: plain("What"), element: { type: "plain_text_input", action_id: "typed" } },
  ],
};

app.command("/find", async ({ ack, body, client }) => {
  await ack();
  await client.views.open({ trigger_id: body.trigger_id, view: form });
});

app.view("find", async ({ ack, body, view, client }) => {
  const what = view.state.values.what.typed.value;
  if (what === "nothing") {
    await ack({ response_action: "errors", errors: { what: "Nothing is no find." } });
    return;
  }
  await ack();
  const keep = { type: "button", action_id: "polish", value: what, text: plain("Polish") };
  await client.chat.postMessage({
    channel: body.user.id,
    text: `Found: ${what}`,
    blocks: [
      { type: "section", text: plain(`Found: ${what}`) },
      { type: "actions", elements: [keep] },
    ],
  });
});

app.action("polish", async ({ ack, action, respond }) => {
  await ack();
  await respond({ replace_original: true, text: `It shines: ${action.value}` });
});

app.shortcut("look_around", async ({ ack, shortcut, client }) => {
  await ack();
  await client.chat.postMessage({ channel: shortcut.user.id, text: "Something glitters over there." });
});

app.message("hello", async ({ message, say }) => {
  await say(`Chack, <@${message.user}>!`);
});

app.event("app_home_opened", async ({ event, client }) => {
  if (event.tab === "home") {
    const view = { type: "home", blocks: [{ type: "section", text: plain("The nest") }] };
    await client.views.publish({ user_id: event.user, view });
  }
});

await app.start();
