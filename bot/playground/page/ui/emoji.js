// The shortcodes that apps use most. An unknown one stays as it was written.

const NAMES = `
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 wave 👋 clap 👏 raised_hands 🙌 pray 🙏 handshake 🤝 muscle 💪 point_right 👉 point_left 👈
point_up ☝️ point_down 👇 eyes 👀 brain 🧠 heart ❤️ blue_heart 💙 green_heart 💚 sparkles ✨ star ⭐ star2 🌟 tada 🎉 confetti_ball 🎊
balloon 🎈 gift 🎁 trophy 🏆 medal 🏅 first_place_medal 🥇 rocket 🚀 fire 🔥 zap ⚡ bulb 💡 seedling 🌱 herb 🌿 deciduous_tree 🌳
evergreen_tree 🌲 sunflower 🌻 cherry_blossom 🌸 sunny ☀️ sun_with_face 🌞 sunrise 🌅 partly_sunny ⛅ cloud ☁️ rainbow 🌈 snowflake ❄️
crescent_moon 🌙 zzz 💤 coffee ☕ tea 🍵 cake 🍰 birthday 🎂 white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌
negative_squared_cross_mark ❎ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 stop_sign 🛑 question ❓ grey_question ❔ exclamation ❗
information_source ℹ️ arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrows_counterclockwise 🔄 repeat 🔁 fast_forward ⏩
double_vertical_bar ⏸️ pause_button ⏸️ arrow_forward ▶️ black_square_for_stop ⏹️ bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢
speech_balloon 💬 left_speech_bubble 🗨️ thought_balloon 💭 email 📧 envelope ✉️ incoming_envelope 📨 mailbox 📫 inbox_tray 📥
outbox_tray 📤 package 📦 telephone_receiver 📞 phone ☎️ iphone 📱 computer 💻 desktop_computer 🖥️ calendar 📅 date 📅
spiral_calendar_pad 🗓️ calendar_spiral 🗓️ clock1 🕐 clock3 🕒 clock9 🕘 alarm_clock ⏰ stopwatch ⏱️ hourglass ⌛
hourglass_flowing_sand ⏳ watch ⌚ memo 📝 pencil ✏️ pencil2 ✏️ pen 🖊️ clipboard 📋 page_facing_up 📄 notebook 📓 book 📖 books 📚
bookmark 🔖 label 🏷️ link 🔗 paperclip 📎 pushpin 📌 round_pushpin 📍 mag 🔍 lock 🔒 unlock 🔓 key 🔑 gear ⚙️ wrench 🔧 hammer 🔨
hammer_and_wrench 🛠️ bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 dart 🎯 checkered_flag 🏁
triangular_flag_on_post 🚩 compass 🧭 world_map 🗺️ earth_americas 🌎 earth_africa 🌍 house 🏠 office 🏢 school 🏫 mortar_board 🎓
bike 🚲 bicyclist 🚴 walking 🚶 busts_in_silhouette 👥 bust_in_silhouette 👤 two_women_holding_hands 👭
people_holding_hands 🧑‍🤝‍🧑 adult 🧑 speaking_head_in_silhouette 🗣️ movie_camera 🎥 video_camera 📹 headphones 🎧 microphone 🎤
smile 😄 smiley 😃 grinning 😀 slightly_smiling_face 🙂 blush 😊 wink 😉 relaxed ☺️ thinking_face 🤔 sweat_smile 😅 joy 😂 cry 😢
hugging_face 🤗 partying_face 🥳 sunglasses 😎 neutral_face 😐 white_circle ⚪ red_circle 🔴 large_blue_circle 🔵 large_green_circle 🟢
large_yellow_circle 🟡 large_orange_circle 🟠 black_circle ⚫ large_blue_square 🟦 large_green_square 🟩 small_blue_diamond 🔹
small_orange_diamond 🔸 heavy_plus_sign ➕ heavy_minus_sign ➖ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ robot_face 🤖 ok_hand 👌 100 💯
wastebasket 🗑️ shield 🛡️ scroll 📜 speaker 🔈 construction 🚧 umbrella ☔ owl 🦉 hatching_chick 🐣 butterfly 🦋`.trim().split(/\s+/);

const EMOJI = new Map();
for (let at = 0; at < NAMES.length; at += 2) EMOJI.set(NAMES[at], NAMES[at + 1]);

/** Replace the shortcodes that we know; `:unknown:` stays. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):(?::skin-tone-\d:)?/g, (code, name) => EMOJI.get(name) ?? code);
}

/** One emoji by name; its code between colons if we do not know it. */
export function emojiNamed(name) {
  return EMOJI.get(name) ?? `:${name}:`;
}

/** Every emoji that has a picture of its own here, as [name, emoji]. */
export const emojis = () => [...EMOJI].filter(([name, shown], at, all) => all.findIndex(([, other]) => other === shown) === at && name);
