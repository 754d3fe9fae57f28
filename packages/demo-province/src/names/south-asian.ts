import { nameList } from './name-list.ts';

/** Pakistani and Bangladeshi names; `Md` stands for Mohammad on most Bengali papers. */
export const southAsian = nameList('PERSO_ARABIC', {
  male: `Muhammad/Mohammad/Md Ali/Aly Hasan/Hassan/Hasaan Imran/Emran Usman/Osman/Uthman Bilal/Belal/Billal
    Rahim/Raheem Shakil/Shakeel/Sakil Kamal/Kamaal Jahangir/Jahanghir/Zahangir Nadeem/Nadim Saiful/Saifull/Sayful
    Rakib/Raqib/Rakeeb Arif/Aref Tanvir/Tanveer/Tanbir Faisal/Faysal/Foysal Shahid/Shaheed/Sahid Kashif/Cashif
    Nasir/Naseer/Naser Zubair/Jubair/Zubayr Rafiq/Rafik/Rofik Waqas/Wakas Sohel/Suhail/Sohail Abdul/Abdool`,
  female: `Fatema/Fatima/Fatma Ayesha/Aisha/Aysha Nasreen/Nasrin/Nasrine Shabnam/Sabnam Rukhsana/Ruksana
    Sultana/Sultanah Taslima/Tasleema Samina/Shamina Begum/Begom Parveen/Parvin/Perveen Nusrat/Nusrath
    Shirin/Shireen Zainab/Zaynab/Jainab Sadia/Sadiya Rabia/Rabeya Farzana/Farjana`,
  family: `Khan/Kan/Khaan Hussain/Hossain/Hussein/Hossen Ahmed/Ahmad/Ahammad Miah/Mia/Mya Islam/Eslam Rahman/Rehman/Rahaman
    Iqbal/Ikbal/Eqbal Malik/Malick Butt/But Chaudhry/Choudhury/Chowdhury/Chaudhary Akhtar/Akter/Akhter Uddin/Ud_Din
    Sheikh/Shaikh/Sheik Hoque/Haque/Huq Sarkar/Sarker/Sircar Mahmood/Mahmud/Mehmood Raza/Reza/Rasa Javed/Jawed
    Nawaz/Nawaj Abbas/Abbass Ashraf/Ashrof Aslam/Aslom Bhuiyan/Bhuyan/Bhuiya Dar/Darr Gondal/Ghondal Talukder/Talukdar
    Mughal/Mogul Molla/Mollah/Mullah Anwar/Anowar Siddique/Siddiqui/Siddiq`,
});
