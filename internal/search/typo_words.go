package search

// ordinaryWords are frequent English words of every subject. One that no passage
// has is a question about something else, not a slip. Words that the other lists
// have are not repeated.
var ordinaryWords = wordSet(`
	account acid actor adult adventure advert africa airport album alcohol alien america american android angel animal anime anxiety apartment
	app apple april area argument arm army arrive art artist asia asian atom attack auction audio august aunt aunty australia author autumn
	award baby bacon badge bag bake baker baking ball banana band bank bark barn base baseball basket basketball bass bath bathroom battery
	battle beach bean beans bear beard beast beat beats bed bedroom bee beef beer bell belt bench berry bike bill bird birth birthday biscuit
	bitcoin bite black blade blank blanket blast blender block blood blow blue board boat body boil bomb bone bonus book boot boots border born
	boss bottle bottom bowl bowling bowls box brain brake brand brave bread breakfast breath breed brick bridge bright britain british broken
	brown browser brush bubble bucket budget buffet bug build builder building bulb bull bullet burger burn burns bus bush business button
	cabin cable cactus cafe cage cake calendar camera camp campus canada canal cancel candle candy cannon canvas cape capital captain carbon
	card career carpet carrot cars cart cartoon cash castle cats cave ceiling cell cello center centre century cereal chain chair champion
	channel chapter character charge charger charity charm chart chat cheese chef chemical chess chest chicken chicks chief child children
	chili china chinese chip chips chocolate choir chord chords christmas church cider cinema circle circus cities citizen city civil claim
	clap class classic clay clean climate climb clock cloth clothes cloud clown club clutch coach coal coast coat code coding coffee coin coins
	cold collar college color colour comb comedy comic command comment compass compile computer concert concrete contest contract control cook
	cookie cooking cool copper copy coral corn corner cotton couch council count counter country courage court cousin cover cow crab craft
	crane crash cream create creature credit crew cricket crime criminal crisis crisp crop cross crowd crown cruise crush cry crypto crystal
	cube culture cup curry curse curve custom customer cycle dairy dance dancer danger dark data database daughter dawn dead death debate debt
	december decent deck deep deer degree delay delete deliver delivery demon dentist deploy desert design desk dessert detail detective device
	devil diamond diary dice dictionary diet digital dinner dinosaur director dirt disco discord discount discover dish disk display divide
	diving docker doll dollar dolphin domain donate donkey donut door double dough download draft dragon drama draw drawer drawing dream dress
	drill drink driver drone drop drum drums dry duck dungeon dust duty eagle earn earth east eastern economy edge editor egg eggs egypt eight
	elbow elect election electric element elephant elevator eleven elf email emoji emperor empire employ empty enemy energy engine engineer
	england english episode equal error escape essay estate euro europe european event evil exam excuse exercise exit expense explode explore
	export fabric factory fail fairy faith fake fall fame fan fans fantasy farm farmer fashion fate father fault feather february feed feet
	fence ferry festival fiber fiction fifteen fifty fight fighter file files film filter find finger fire firefox fish fishing five fix flag
	flame flash flat flavor flight float floor flour flow flower flowers flute fly focus fog folder font football forest fork formula fort
	fortune forty fossil fountain four fox frame france freeze freezer french fresh friday fridge fries frog frost frozen fruit fry fuel
	function fund funds funeral fur furniture galaxy gallery gamble gambling gamer games gaming garage garden garlic gas gate gear genius genre
	german germany ghost giant gift glass globe gloves glue goal goat god gods gold golden golf goose gossip government grade grain grammar
	grand grant grape graph grass grave gravity gray greece greek green grey grill grocery ground grow guard guest guide guitar gun gym hacker
	hair halloween hammer hamster handle happiness harbor hard hardware harvest hat hawk heat heaven heavy height hell helmet hen herb hero
	heroes hill hint hip hire history hit hobby hockey hold hole holiday holy homework honey hood hook horn horror horse hospital host hotel
	hundred hunger hungry hunt hunter ice icon india indian insect install internet invest invite iphone iran iraq ireland irish iron island
	israel italian italy jacket jail january japan japanese java javascript jazz jeans jelly jesus jet jewel journal journey judge juice july
	jump june jungle jury justice karaoke karate kernel kettle keyboard kick kill killer kilo king kingdom kiss kitchen kite kitten knee knife
	knight knit knock korea korean lab ladder lake lamb lamp land landlord language laptop laser laugh laundry law lawn lawyer lazy lead leader
	leaf league leather lecture leg legend lemon lend lesson letter library license lie lift light lightning limit line linux lion lips list
	load loan lobby lobster lock london lottery lover lunch lyrics machine magic magnet mail mall manager mango map maps marathon march margin
	market marriage married marry mars mask massive master match math maths mayo mayor maze meal meat mechanic medal media medicine melody
	melon melt member meme memes memory menu mercury metal meteor method mexican mexico microwave middle midnight milk mill million minecraft
	minister minor mint mirror mission mistake mix mobile model modern monday monitor monk monkey monster mood moon motor motorcycle mountain
	mouse mouth movie movies muffin muscle museum mushroom music musical mustard mystery myth nail narrow nation national nature navy neck
	neighbor nerve nest network news newspaper nick nickname nine ninja noise noodle noodles north northern nose notebook novel november
	nuclear nurse nut oak ocean october office officer oil olive olympic onion opera operator orange orbit orchestra organ orphan oven owl
	owner oxygen pack package paint painter painting pair palace palm pan pancake panda panel panic pants paper parade paradise pardon paris
	park parking parrot passenger passport password pasta paste path patient pattern pause peace peach peak peanut pear pearl pedal pen penalty
	pencil penguin pepper percent perfume pet petrol pets photo photos physics piano pie pig pigeon pill pillow pilot pin pine pineapple pink
	pipe pirate pistol pizza plane planet plant plants plastic plate player playlist plug plumber plus pocket podcast poem poet poetry poison
	poker poland pole police policy politics pond pony pool poor popcorn pope port portrait poster pot potato potter pottery pound poverty
	powder power prayer president price priest prince princess print printer prison prize program programming project prompt proof protein
	proud province pub pump pumpkin punch pupil puppy purple purse puzzle pyramid python queen quest quote rabbit race racing radio rail rain
	rainbow ranch rank rap rapper rat recipe record recycle red refund region reload remote rent repair report republic rescue resume retire
	retro return review reward rhyme rhythm rice rich ride rider riding rifle ring rise risk river road roast rob robot rock rocket rocks roll
	roman rome roof room roommate root rope rose route router royal rubber ruby rude rugby ruler rust sail sailor salad salary sale salmon
	salon salt samurai sand sandwich satellite saturday sauce sausage school science scientist score scout screen screw script sea seal search
	season seat secret seed sell senate send senior september series server settings seven shadow shape shark sharp shed sheep sheet shelf
	shell shield shift ship shirt shock shoe shoes shop shopping shore shorts shoulder shout shovel shower shrimp silent silk silver singer
	singing sink six sixteen size skate skating ski skill skin skirt skull sky slave sled sleep slice slide slow smile smoke snack snail snake
	snow soap soccer social sock socks sofa soft software soil solar soldier solid song songs soul soup south southern soviet soy spain spanish
	spark speak speaker spear speech speed spell spice spider spin spirit spoon sport sports spring spy square squirrel stadium staff stage
	stain stair stairs stamp star stars state station statue steak steal steam steel stick stocks stone storage store storm stove straw stream
	streaming street stress strike string strong student studio style subject submarine subway sugar suit summer sun sunday sunset surf surfing
	surgeon survey survive sushi swan sweater sweden sweet swim swimming swing switch sword syrup system table tablet taco tail tank tape
	target taste tattoo tax taxes taxi tea teach teacher team teeth temple tennis tent term texas theater theatre theme theory thief thirty
	thousand thread three throne thunder thursday ticket tie tiger tile timer tip tips tire toast tobacco toe toilet token tomato tone tool
	tooth topic torch tornado tour tourist tower town toy toys track tractor trade traffic trail trailer train trains translate trap trash
	travel treasure treat tree trees trial tribe trick trip troll truck trumpet trust tube tuesday tulip tuna tunnel turkey turtle tutor twelve
	twenty twin twitter umbrella uncle uniform union unique universe university upgrade upload usb username vacation vacuum valley value van
	vegan vegetable vehicle verse victim victory viking village vinegar violin virus visa vitamin voice volcano volleyball volume vote wage
	wagon waiter wall wallet war warm warrior wash waste water wave wax weapon weather website wedding wednesday weight west western whale
	wheat wheel whip whiskey whisper whistle white wide wifi wiki window windows wine wings winner winter wire wise witch wizard wolf women
	wood wooden wool workout worm wrestling wrist write writer writing yacht yard yellow yoga yogurt youth youtube zebra zero zombie zone zoo`)
