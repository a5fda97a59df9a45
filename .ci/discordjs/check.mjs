// A bot made with discord.js, for the local Discord of internal/discord/discordtest.
// TestDiscordJS there starts it, plays the members and judges what comes. It prints
// "ready" once it is connected and its commands are registered, "resumed" after each
// RESUME, and ends with 0 at the end of its input.
import {
  ActionRowBuilder, ApplicationCommandOptionType, ApplicationCommandType, AttachmentBuilder, ButtonBuilder, ButtonStyle, Client,
  ContainerBuilder, EmbedBuilder, Events, GatewayIntentBits, MessageFlags, ModalBuilder, Partials, TextDisplayBuilder,
  TextInputBuilder, TextInputStyle, UserSelectMenuBuilder,
} from 'discord.js';

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  partials: [Partials.Channel],
  allowedMentions: { parse: [], repliedUser: false },
  rest: { api: `${process.env.DISCORD_URL}/api` },
});

const { String, User, Role, Channel, Attachment } = ApplicationCommandOptionType;
const definitions = [
  { name: 'ping', description: 'Answers at once' },
  { name: 'slow', description: 'Promises, then edits' },
  { name: 'private', description: 'Promises privately, then follows up' },
  { name: 'more', description: 'Answers, then follows up twice' },
  { name: 'form', description: 'Shows a form' },
  { name: 'parts', description: 'Answers with components' },
  { name: 'file', description: 'Answers with a file' },
  { name: 'ask', description: 'Completes', options: [{ name: 'question', description: 'What', type: String, autocomplete: true, required: true }] },
  {
    name: 'who', description: 'Says whom it was given',
    options: [['user', User], ['role', Role], ['channel', Channel], ['file', Attachment]].map(([name, type]) => ({ name, type, description: name })),
  },
  { name: 'Length', type: ApplicationCommandType.Message },
];

const commands = {
  ping: (i) => i.reply('pong'),
  async slow(i) {
    await i.deferReply();
    await i.editReply({ content: 'done', embeds: [new EmbedBuilder().setTitle('Slow').setDescription('but there')] });
  },
  async private(i) {
    await i.deferReply({ flags: MessageFlags.Ephemeral });
    await i.followUp('only for you');
  },
  async more(i) {
    await i.reply('one');
    await i.followUp('two');
    await i.followUp({ content: 'three', flags: MessageFlags.Ephemeral });
  },
  form: (i) => i.showModal(new ModalBuilder().setCustomId('why').setTitle('Why?').addComponents(
    new ActionRowBuilder().addComponents(new TextInputBuilder().setCustomId('reason').setLabel('Reason').setStyle(TextInputStyle.Paragraph)))),
  parts: (i) => i.reply({
    flags: MessageFlags.IsComponentsV2,
    components: [
      new ContainerBuilder().addTextDisplayComponents(new TextDisplayBuilder().setContent('look')),
      new ActionRowBuilder().addComponents(new ButtonBuilder().setCustomId('turn').setLabel('Turn').setStyle(ButtonStyle.Primary)),
      new ActionRowBuilder().addComponents(new UserSelectMenuBuilder().setCustomId('people').setPlaceholder('Who')),
    ],
  }),
  file: (i) => i.reply({ content: 'here', files: [new AttachmentBuilder(Buffer.from('the quote'), { name: 'quote.txt' })] }),
  ask: (i) => i.reply(`asked ${i.options.getString('question')}`),
  who: (i) => i.reply([
    i.options.getUser('user').username, i.options.getMember('user').roles.cache.map((r) => r.name).filter((n) => n !== '@everyone').join(), i.options.getRole('role').name,
    i.options.getChannel('channel').name, i.options.getAttachment('file').name, i.memberPermissions.has('ManageMessages'), i.channel.nsfw,
  ].join(' ')),
  Length: (i) => i.reply(`${i.targetMessage.content.length} letters`),
};

const text = (content) => ({ flags: MessageFlags.IsComponentsV2, components: [new TextDisplayBuilder().setContent(content)] });
const uses = {
  async turn(i) {
    await i.deferUpdate();
    await i.editReply(text('turned'));
    await i.deleteReply();
  },
  people: (i) => i.update(text(`chosen: ${i.users.map((u) => u.username).join()}`)),
  why: (i) => i.reply(`because ${i.fields.getTextInputValue('reason')}`),
};

client.on(Events.InteractionCreate, async (i) => {
  if (i.isAutocomplete()) {
    const typed = i.options.getFocused();
    await i.respond([{ name: `${typed}?`, value: `${typed} indeed` }]);
    return;
  }
  await (commands[i.commandName] ?? uses[i.customId])(i);
});

client.on(Events.MessageCreate, async (m) => {
  if (m.author.bot || (m.guild && !m.mentions.users.has(client.user.id))) return;
  const sent = await m.reply({ content: `heard ${m.cleanContent.length > 0}`, nonce: m.id, enforceNonce: true });
  if (m.content.includes('edit')) await sent.edit('edited');
});

function fail(error) {
  console.error(error);
  process.exit(1);
}
process.on('unhandledRejection', fail);
client.on(Events.Error, fail);
client.on(Events.ShardResume, () => console.log('resumed'));
client.once(Events.ClientReady, async () => {
  await client.application.commands.set(definitions);
  console.log('ready');
});
process.stdin.resume().on('end', async () => {
  await client.destroy();
  process.exit(0);
});
await client.login(process.env.DISCORD_TOKEN);
